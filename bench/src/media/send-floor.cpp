// What the kernel alone asks for a packet: as many datagrams of the same size to the same sockets at the same pace,
// one sendto each, and nothing else. Usage: send-floor BURSTS BURST_US PACKETS_A_BURST BYTES PORT…
// Prints its CPU time in µs and the packets sent.
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <vector>

static long microseconds(const timeval& time)
{
	return time.tv_sec * 1000000L + time.tv_usec;
}

int main(int argc, char** argv)
{
	if (argc < 6)
	{
		return 2;
	}

	const long bursts  = std::atol(argv[1]);
	const long burstUs = std::atol(argv[2]);
	const long packets = std::atol(argv[3]);
	const std::vector<char> bytes(std::atol(argv[4]), 0x55);
	std::vector<sockaddr_in> sinks;

	for (int n = 5; n < argc; n++)
	{
		sockaddr_in sink{};
		sink.sin_family      = AF_INET;
		sink.sin_port        = htons(std::atoi(argv[n]));
		sink.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		sinks.push_back(sink);
	}

	const int fd = socket(AF_INET, SOCK_DGRAM, 0);
	timespec next{};
	clock_gettime(CLOCK_MONOTONIC, &next);
	long sent = 0;

	for (long burst = 0; burst < bursts; burst++)
	{
		for (long n = 0; n < packets; n++)
		{
			const auto* sink = reinterpret_cast<const sockaddr*>(&sinks[n % sinks.size()]);
			sent += sendto(fd, bytes.data(), bytes.size(), 0, sink, sizeof(sockaddr_in)) > 0 ? 1 : 0;
		}

		next.tv_nsec += burstUs * 1000;
		next.tv_sec += next.tv_nsec / 1000000000L;
		next.tv_nsec %= 1000000000L;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr);
	}

	rusage usage{};
	getrusage(RUSAGE_SELF, &usage);
	std::printf("%ld %ld\n", microseconds(usage.ru_utime) + microseconds(usage.ru_stime), sent);

	return 0;
}

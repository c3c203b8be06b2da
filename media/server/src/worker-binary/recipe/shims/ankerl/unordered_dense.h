// martinus/unordered_dense is in no package of Debian 12: the same names on the standard containers.
#pragma once
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense
{
	// The standard hash of a number is the number; ports and SSRCs want their bits mixed (splitmix64).
	inline uint64_t mixed(uint64_t value) noexcept
	{
		value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
		value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;

		return value ^ (value >> 31);
	}

	template<typename T, typename Enable = void>
	struct hash
	{
		using is_avalanching = void;

		uint64_t operator()(const T& value) const noexcept(noexcept(std::hash<T>{}(value)))
		{
			return mixed(static_cast<uint64_t>(std::hash<T>{}(value)));
		}
	};

	template<typename K, typename V, typename H = hash<K>, typename E = std::equal_to<K>>
	using map = std::unordered_map<K, V, H, E>;

	template<typename K, typename H = hash<K>, typename E = std::equal_to<K>>
	using set = std::unordered_set<K, H, E>;
} // namespace ankerl::unordered_dense

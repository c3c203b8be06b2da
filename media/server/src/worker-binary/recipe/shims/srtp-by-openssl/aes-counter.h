// AES in counter mode (RFC 3711 4.1.1) of OpenSSL, as libsrtp 2 wants a cipher.
#pragma once
#include "state.h"

namespace srtp_by_openssl::aes_counter
{
	// RFC 3711 8.2: a salt of 14 octets; libsrtp counts it with the key.
	inline constexpr int saltLen  = 14;
	inline constexpr int blockLen = 16;

	struct State
	{
		CipherContext context{ EVP_CIPHER_CTX_new() };
		int keyLen{ 0 };
		uint8_t salt[blockLen]{};
	};

	inline const srtp_cipher_type_t* typeOf(int keyLen);

	inline srtp_err_status_t open(srtp_cipher_pointer_t* handed, int keyLen, int /*tagLen*/)
	{
		const auto* type = typeOf(keyLen);

		if (type == nullptr)
		{
			return srtp_err_status_bad_param;
		}

		std::unique_ptr<State> state{ new (std::nothrow) State };

		if (!state || !state->context)
		{
			return srtp_err_status_alloc_fail;
		}

		const auto* cipher = type->id == SRTP_AES_ICM_256 ? EVP_aes_256_ctr() : EVP_aes_128_ctr();
		state->keyLen      = keyLen - saltLen;

		if (EVP_CipherInit_ex(state->context.get(), cipher, nullptr, nullptr, nullptr, 1) != 1)
		{
			return srtp_err_status_init_fail;
		}

		return handOver(handed, std::move(state), type, keyLen);
	}

	inline srtp_err_status_t setKey(void* raw, const uint8_t* key)
	{
		auto* state = static_cast<State*>(raw);
		std::memcpy(state->salt, key + state->keyLen, saltLen);

		return asStatus(
		  EVP_CipherInit_ex(state->context.get(), nullptr, nullptr, key, nullptr, 1) == 1,
		  srtp_err_status_init_fail);
	}

	/** RFC 3711 4.1.1: the counter starts at the salt, XORed with what names the packet. */
	inline srtp_err_status_t setNonce(void* raw, uint8_t* nonce, srtp_cipher_direction_t /*direction*/)
	{
		auto* state = static_cast<State*>(raw);
		uint8_t counter[blockLen];

		for (int n = 0; n < blockLen; n++)
		{
			counter[n] = state->salt[n] ^ nonce[n];
		}

		return asStatus(
		  EVP_CipherInit_ex(state->context.get(), nullptr, nullptr, nullptr, counter, 1) == 1,
		  srtp_err_status_init_fail);
	}

	/** Both ways: the text is XORed with the key stream. */
	inline srtp_err_status_t run(void* raw, uint8_t* buffer, unsigned int* len)
	{
		auto* context = static_cast<State*>(raw)->context.get();
		int done{ 0 };

		return asStatus(
		  *len == 0 || EVP_CipherUpdate(context, buffer, &done, buffer, static_cast<int>(*len)) == 1,
		  srtp_err_status_cipher_fail);
	}

	// A block of zeroes under key, salt and nonce of zeroes is AES of a block of zeroes.
	inline constexpr uint8_t zeroes[32 + saltLen]{};
	inline uint8_t zeroNonce[blockLen]{};
	inline constexpr uint8_t stream128[]{ 0x66, 0xe9, 0x4b, 0xd4, 0xef, 0x8a, 0x2c, 0x3b,
		                                    0x88, 0x4c, 0xfa, 0x59, 0xca, 0x34, 0x2b, 0x2e };
	inline constexpr uint8_t stream256[]{ 0xdc, 0x95, 0xc0, 0x78, 0xa2, 0x40, 0x89, 0x89,
		                                    0xad, 0x48, 0xa2, 0x14, 0x92, 0x84, 0x20, 0x87 };
	inline const srtp_cipher_test_case_t test128{ 16 + saltLen, zeroes, zeroNonce, 16, zeroes, 16,
		                                            stream128,    0,      nullptr,   0,  nullptr };
	inline const srtp_cipher_test_case_t test256{ 32 + saltLen, zeroes, zeroNonce, 16, zeroes, 16,
		                                            stream256,    0,      nullptr,   0,  nullptr };

	inline const srtp_cipher_type_t type128{ open, giveBack<State>, setKey,   nullptr,
		                                       run,  run,             setNonce, nullptr,
		                                       "AES-128 counter mode of OpenSSL", &test128, SRTP_AES_ICM_128 };
	inline const srtp_cipher_type_t type256{ open, giveBack<State>, setKey,   nullptr,
		                                       run,  run,             setNonce, nullptr,
		                                       "AES-256 counter mode of OpenSSL", &test256, SRTP_AES_ICM_256 };

	inline const srtp_cipher_type_t* typeOf(int keyLen)
	{
		return keyLen == 16 + saltLen ? &type128 : keyLen == 32 + saltLen ? &type256 : nullptr;
	}
} // namespace srtp_by_openssl::aes_counter

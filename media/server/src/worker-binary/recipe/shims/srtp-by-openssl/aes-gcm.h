// AES-GCM (RFC 7714) of OpenSSL, as libsrtp 2 wants a cipher: what browsers choose.
#pragma once
#include "state.h"

namespace srtp_by_openssl::aes_gcm
{
	// RFC 7714 8.1: a nonce and a salt of 12 octets; libsrtp counts the salt with the key.
	inline constexpr int saltLen = 12;

	struct State
	{
		CipherContext context{ EVP_CIPHER_CTX_new() };
		int tagLen{ 0 };
		bool isEncrypting{ true };
	};

	inline const srtp_cipher_type_t* typeOf(int keyLen);

	inline srtp_err_status_t open(srtp_cipher_pointer_t* handed, int keyLen, int tagLen)
	{
		const auto* type = typeOf(keyLen);

		// RFC 7714 12: tags of 16 octets; those of 8 are of older drafts.
		if (type == nullptr || (tagLen != 8 && tagLen != 16))
		{
			return srtp_err_status_bad_param;
		}

		std::unique_ptr<State> state{ new (std::nothrow) State };

		if (!state || !state->context)
		{
			return srtp_err_status_alloc_fail;
		}

		const auto* cipher = type->id == SRTP_AES_GCM_256 ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
		state->tagLen      = tagLen;

		if (EVP_CipherInit_ex(state->context.get(), cipher, nullptr, nullptr, nullptr, 1) != 1)
		{
			return srtp_err_status_init_fail;
		}

		return handOver(handed, std::move(state), type, keyLen);
	}

	inline srtp_err_status_t setKey(void* raw, const uint8_t* key)
	{
		auto* context = static_cast<State*>(raw)->context.get();

		return asStatus(
		  EVP_CipherInit_ex(context, nullptr, nullptr, key, nullptr, 1) == 1, srtp_err_status_init_fail);
	}

	inline srtp_err_status_t setNonce(void* raw, uint8_t* nonce, srtp_cipher_direction_t direction)
	{
		auto* state         = static_cast<State*>(raw);
		state->isEncrypting = direction == srtp_direction_encrypt;

		const auto done = EVP_CipherInit_ex(
		  state->context.get(), nullptr, nullptr, nullptr, nonce, state->isEncrypting ? 1 : 0);

		return asStatus(done == 1, srtp_err_status_init_fail);
	}

	inline srtp_err_status_t addHeader(void* raw, const uint8_t* header, uint32_t len)
	{
		auto* context = static_cast<State*>(raw)->context.get();
		int taken{ 0 };

		return asStatus(
		  EVP_CipherUpdate(context, nullptr, &taken, header, static_cast<int>(len)) == 1,
		  srtp_err_status_algo_fail);
	}

	inline bool run(State* state, uint8_t* buffer, unsigned int len)
	{
		int done{ 0 };

		return len == 0 ||
		       EVP_CipherUpdate(state->context.get(), buffer, &done, buffer, static_cast<int>(len)) == 1;
	}

	inline bool isFinished(State* state)
	{
		uint8_t none[EVP_MAX_BLOCK_LENGTH];
		int done{ 0 };

		return EVP_CipherFinal_ex(state->context.get(), none, &done) == 1;
	}

	inline srtp_err_status_t encrypt(void* raw, uint8_t* buffer, unsigned int* len)
	{
		auto* state = static_cast<State*>(raw);

		return asStatus(state->isEncrypting && run(state, buffer, *len), srtp_err_status_cipher_fail);
	}

	inline srtp_err_status_t readTag(void* raw, uint8_t* tag, uint32_t* len)
	{
		auto* state = static_cast<State*>(raw);

		if (
		  !isFinished(state) ||
		  EVP_CIPHER_CTX_ctrl(state->context.get(), EVP_CTRL_AEAD_GET_TAG, state->tagLen, tag) != 1)
		{
			return srtp_err_status_algo_fail;
		}

		*len = static_cast<uint32_t>(state->tagLen);

		return srtp_err_status_ok;
	}

	/** The tag stands behind the text. */
	inline srtp_err_status_t decrypt(void* raw, uint8_t* buffer, unsigned int* len)
	{
		auto* state       = static_cast<State*>(raw);
		const auto tagLen = static_cast<unsigned int>(state->tagLen);

		if (state->isEncrypting || *len < tagLen)
		{
			return srtp_err_status_bad_param;
		}

		const auto textLen = *len - tagLen;
		auto* tag          = buffer + textLen;
		auto* context      = state->context.get();

		if (
		  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, state->tagLen, tag) != 1 ||
		  !run(state, buffer, textLen) || !isFinished(state))
		{
			return srtp_err_status_auth_fail;
		}

		*len = textLen;

		return srtp_err_status_ok;
	}

	// Test cases 2 and 14 of the GCM specification: key and nonce of zeroes, a block of zeroes.
	inline constexpr uint8_t zeroes[32 + saltLen]{};
	inline uint8_t zeroNonce[saltLen]{};
	inline constexpr uint8_t sealed128[]{ 0x03, 0x88, 0xda, 0xce, 0x60, 0xb6, 0xa3, 0x92, 0xf3, 0x28, 0xc2,
		                                    0xb9, 0x71, 0xb2, 0xfe, 0x78, 0xab, 0x6e, 0x47, 0xd4, 0x2c, 0xec,
		                                    0x13, 0xbd, 0xf5, 0x3a, 0x67, 0xb2, 0x12, 0x57, 0xbd, 0xdf };
	inline constexpr uint8_t sealed256[]{ 0xce, 0xa7, 0x40, 0x3d, 0x4d, 0x60, 0x6b, 0x6e, 0x07, 0x4e, 0xc5,
		                                    0xd3, 0xba, 0xf3, 0x9d, 0x18, 0xd0, 0xd1, 0xc8, 0xa7, 0x99, 0x99,
		                                    0x6b, 0xf0, 0x26, 0x5b, 0x98, 0xb5, 0xd4, 0x8a, 0xb9, 0x19 };
	inline const srtp_cipher_test_case_t test128{ 16 + saltLen, zeroes, zeroNonce, 16, zeroes, 32,
		                                            sealed128,    0,      nullptr,   16, nullptr };
	inline const srtp_cipher_test_case_t test256{ 32 + saltLen, zeroes, zeroNonce, 16, zeroes, 32,
		                                            sealed256,    0,      nullptr,   16, nullptr };

	inline const srtp_cipher_type_t type128{ open,     giveBack<State>, setKey,   addHeader,
		                                       encrypt,  decrypt,         setNonce, readTag,
		                                       "AES-128 GCM of OpenSSL", &test128, SRTP_AES_GCM_128 };
	inline const srtp_cipher_type_t type256{ open,     giveBack<State>, setKey,   addHeader,
		                                       encrypt,  decrypt,         setNonce, readTag,
		                                       "AES-256 GCM of OpenSSL", &test256, SRTP_AES_GCM_256 };

	inline const srtp_cipher_type_t* typeOf(int keyLen)
	{
		return keyLen == 16 + saltLen ? &type128 : keyLen == 32 + saltLen ? &type256 : nullptr;
	}
} // namespace srtp_by_openssl::aes_gcm

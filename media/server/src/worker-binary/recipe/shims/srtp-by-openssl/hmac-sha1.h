// HMAC-SHA1 (RFC 3711 4.2.1) of OpenSSL, as libsrtp 2 wants an authentication.
#pragma once
#include "state.h"
#include <openssl/core_names.h>

namespace srtp_by_openssl::hmac_sha1
{
	inline constexpr int digestLen = 20;

	struct State
	{
		MacContext context;
	};

	inline MacContext makeContext()
	{
		std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> mac{ EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free };
		MacContext context{ mac ? EVP_MAC_CTX_new(mac.get()) : nullptr };
		char digest[] = "SHA1";
		const OSSL_PARAM parameters[]{ OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
			                             OSSL_PARAM_construct_end() };

		return context && EVP_MAC_CTX_set_params(context.get(), parameters) == 1 ? std::move(context) : nullptr;
	}

	inline const srtp_auth_type_t* type();

	inline srtp_err_status_t open(srtp_auth_pointer_t* handed, int keyLen, int tagLen)
	{
		if (keyLen > digestLen || tagLen > digestLen)
		{
			return srtp_err_status_bad_param;
		}

		std::unique_ptr<State> state{ new (std::nothrow) State{ makeContext() } };

		if (!state || !state->context)
		{
			return srtp_err_status_alloc_fail;
		}

		auto* authentication = new (std::nothrow) srtp_auth_t{ type(), state.get(), tagLen, keyLen, 0 };

		if (authentication == nullptr)
		{
			return srtp_err_status_alloc_fail;
		}

		state.release();
		*handed = authentication;

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t giveBack(srtp_auth_pointer_t authentication)
	{
		delete static_cast<State*>(authentication->state);
		delete authentication;

		return srtp_err_status_ok;
	}

	inline srtp_err_status_t setKey(void* raw, const uint8_t* key, int keyLen)
	{
		auto* context = static_cast<State*>(raw)->context.get();

		return asStatus(
		  EVP_MAC_init(context, key, static_cast<size_t>(keyLen), nullptr) == 1, srtp_err_status_auth_fail);
	}

	inline srtp_err_status_t start(void* raw)
	{
		auto* context = static_cast<State*>(raw)->context.get();

		return asStatus(EVP_MAC_init(context, nullptr, 0, nullptr) == 1, srtp_err_status_auth_fail);
	}

	inline srtp_err_status_t update(void* raw, const uint8_t* text, int len)
	{
		auto* context = static_cast<State*>(raw)->context.get();

		return asStatus(
		  EVP_MAC_update(context, text, static_cast<size_t>(len)) == 1, srtp_err_status_auth_fail);
	}

	inline srtp_err_status_t finish(void* raw, const uint8_t* text, int len, int tagLen, uint8_t* tag)
	{
		auto* context = static_cast<State*>(raw)->context.get();
		uint8_t digest[digestLen];
		size_t written{ 0 };

		if (
		  tagLen > digestLen || update(raw, text, len) != srtp_err_status_ok ||
		  EVP_MAC_final(context, digest, &written, sizeof(digest)) != 1)
		{
			return srtp_err_status_auth_fail;
		}

		std::memcpy(tag, digest, static_cast<size_t>(tagLen));

		return srtp_err_status_ok;
	}

	// RFC 2202 3, test case 1.
	inline constexpr uint8_t testKey[]{ 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
		                                  0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b };
	inline constexpr uint8_t testText[]{ 'H', 'i', ' ', 'T', 'h', 'e', 'r', 'e' };
	inline constexpr uint8_t testTag[]{ 0xb6, 0x17, 0x31, 0x86, 0x55, 0x05, 0x72, 0x64, 0xe2, 0x8b,
		                                  0xc0, 0xb6, 0xfb, 0x37, 0x8c, 0x8e, 0xf1, 0x46, 0xbe, 0x00 };
	inline const srtp_auth_test_case_t test{ 20, testKey, 8, testText, 20, testTag, nullptr };

	inline const srtp_auth_type_t hmac{ open,   giveBack, setKey,
		                                  finish, update,   start,
		                                  "HMAC-SHA1 of OpenSSL", &test, SRTP_HMAC_SHA1 };

	inline const srtp_auth_type_t* type()
	{
		return &hmac;
	}
} // namespace srtp_by_openssl::hmac_sha1

// What the ciphers and the authentication here have in common.
#pragma once
#include <cstring>
#include <memory>
#include <new>
#include <openssl/evp.h>
#include <srtp2/auth.h>
#include <srtp2/cipher.h>

namespace srtp_by_openssl
{
	struct Freed
	{
		void operator()(EVP_CIPHER_CTX* context) const
		{
			EVP_CIPHER_CTX_free(context);
		}
		void operator()(EVP_MAC_CTX* context) const
		{
			EVP_MAC_CTX_free(context);
		}
	};

	using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freed>;
	using MacContext    = std::unique_ptr<EVP_MAC_CTX, Freed>;

	inline srtp_err_status_t asStatus(bool isDone, srtp_err_status_t otherwise)
	{
		return isDone ? srtp_err_status_ok : otherwise;
	}

	/** Hands a cipher with its state over to libsrtp, which gives both back to `giveBack`. */
	template<typename State>
	inline srtp_err_status_t handOver(
	  srtp_cipher_pointer_t* handed, std::unique_ptr<State> state, const srtp_cipher_type_t* type, int keyLen)
	{
		auto* cipher = new (std::nothrow) srtp_cipher_t{ type, state.get(), keyLen, static_cast<int>(type->id) };

		if (cipher == nullptr)
		{
			return srtp_err_status_alloc_fail;
		}

		state.release();
		*handed = cipher;

		return srtp_err_status_ok;
	}

	template<typename State>
	inline srtp_err_status_t giveBack(srtp_cipher_pointer_t cipher)
	{
		delete static_cast<State*>(cipher->state);
		delete cipher;

		return srtp_err_status_ok;
	}
} // namespace srtp_by_openssl

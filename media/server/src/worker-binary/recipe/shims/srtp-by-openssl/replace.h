// Debian's libsrtp 2 computes with NSS, which takes a lock and a look-up a packet, dearer with every session; OpenSSL,
// which the worker needs for DTLS anyway, computes the same in a fraction. libsrtp tests each of these against its own
// known answers before it takes it.
#pragma once
#include "aes-counter.h"
#include "aes-gcm.h"
#include "hmac-sha1.h"

namespace srtp_by_openssl
{
	/** Once after srtp_init(); what a test refuses is an error, and the worker does not start. */
	inline srtp_err_status_t replace()
	{
		const srtp_cipher_type_t* ciphers[]{
			&aes_gcm::type128, &aes_gcm::type256, &aes_counter::type128, &aes_counter::type256
		};

		for (const auto* cipher : ciphers)
		{
			const auto status = srtp_replace_cipher_type(cipher, cipher->id);

			if (status != srtp_err_status_ok)
			{
				return status;
			}
		}

		return srtp_replace_auth_type(hmac_sha1::type(), SRTP_HMAC_SHA1);
	}
} // namespace srtp_by_openssl

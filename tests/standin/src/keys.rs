//! Signs tokens with RS256, as Entra does, with a key made at the start.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::KeyPair as _;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use aws_lc_rs::signature::RsaKeyPair;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cmg_entra_setup::sim::Signer;
use serde_json::Value;
use serde_json::json;
use tokio_rustls::rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

/// One RSA key.
pub(crate) struct Rs256 {
    key: RsaKeyPair,
    kid: String,
}

impl Rs256 {
    /// A fresh key of 2048 bits.
    pub(crate) fn generate() -> Result<Self, aws_lc_rs::error::Unspecified> {
        let key = RsaKeyPair::generate(KeySize::Rsa2048)?;
        let public = key.public_key().as_der()?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, public.as_ref());
        let kid = URL_SAFE_NO_PAD.encode(&digest.as_ref()[..20]);
        Ok(Self { key, kid })
    }
}

impl Signer for Rs256 {
    fn sign(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        let made = self.key.sign(
            &RSA_PKCS1_SHA256,
            &SystemRandom::new(),
            signed.as_bytes(),
            &mut signature,
        );
        // An empty signature is one that nobody accepts.
        if made.is_err() {
            signature.clear();
        }
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn keys(&self) -> Value {
        let public = self.key.public_key();
        json!([{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "x5t": self.kid,
            "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
            "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        }])
    }

    fn verifies(
        &self,
        certificate: &[u8],
        algorithm: &str,
        signed: &[u8],
        signature: &[u8],
    ) -> bool {
        let algorithm = match algorithm {
            "RS256" => webpki::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
            "PS256" => webpki::aws_lc_rs::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
            _ => return false,
        };
        let certificate = CertificateDer::from(certificate);
        EndEntityCert::try_from(&certificate)
            .is_ok_and(|it| it.verify_signature(algorithm, signed, signature).is_ok())
    }
}

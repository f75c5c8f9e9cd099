//! Signs tokens with RS256, as Microsoft Entra ID does. The key is created at the start.

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::KeyPair as _;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use aws_lc_rs::signature::RSA_PSS_2048_8192_SHA256;
use aws_lc_rs::signature::RsaKeyPair;
use aws_lc_rs::signature::UnparsedPublicKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cloud_sim::Signer;
use serde_json::Value;
use serde_json::json;

/// One RSA key and its public parameters.
pub(crate) struct Rs256 {
    key: RsaKeyPair,
    kid: String,
}

impl Rs256 {
    /// Generates a key of 2048 bits.
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
        // No client accepts an empty signature.
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
            "RS256" => &RSA_PKCS1_2048_8192_SHA256,
            "PS256" => &RSA_PSS_2048_8192_SHA256,
            _ => return false,
        };
        public_key(certificate).is_some_and(|key| {
            let key = UnparsedPublicKey::new(algorithm, key);
            key.verify(signed, signature).is_ok()
        })
    }
}

/// The public key of a certificate (RFC 5280, 4.1). Parsed by hand: Azure CLI creates version 1 certificates, which TLS parsers refuse.
fn public_key(certificate: &[u8]) -> Option<&[u8]> {
    let (_, certificate, _) = element(certificate)?;
    let (_, mut rest, _) = element(certificate)?;
    // A version 1 certificate has no version field.
    if let Some((0xa0, _, after)) = element(rest) {
        rest = after;
    }
    // Skips the serial number, algorithm, issuer, validity, and subject.
    for _ in 0..5 {
        (_, _, rest) = element(rest)?;
    }
    let (_, key, _) = element(rest)?;
    let (_, _, rest) = element(key)?;
    let (_, bits, _) = element(rest)?;
    // The first byte is the number of unused bits.
    bits.strip_prefix(&[0])
}

/// The first DER element: its tag, its content, and the bytes after it.
fn element(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, mut rest) = rest.split_first()?;
    let mut length = usize::from(*first);
    if length >= 0x80 {
        let (bytes, after) = rest.split_at_checked(length - 0x80)?;
        length = bytes.iter().try_fold(0_usize, |sum, byte| {
            sum.checked_mul(256)?.checked_add(usize::from(*byte))
        })?;
        rest = after;
    }
    let (content, after) = rest.split_at_checked(length)?;
    Some((*tag, content, after))
}

//! A private certificate authority, created at each start, and one certificate for all served host names.
//!
//! The keys stay in memory. Only the authority's certificate is written, so that clients can trust it.

use std::sync::Arc;

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::DnType;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Returns the authority's certificate in PEM and a TLS acceptor with a certificate for all `names`.
pub(crate) fn make(names: &[String]) -> Result<(String, TlsAcceptor), Box<dyn std::error::Error>> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(
        DnType::CommonName,
        "Emulator certificate authority (tests only)",
    );
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let certificate = authority.self_signed(&authority_key)?;
    let pem = certificate.pem();
    let issuer = Issuer::new(authority, authority_key);

    let mut leaf = CertificateParams::new(names.to_vec())?;
    leaf.distinguished_name.push(
        DnType::CommonName,
        "Emulator for Microsoft's services (tests only)",
    );
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    // OpenSSL requires it in strict mode, which Python 3.13 uses.
    leaf.use_authority_key_identifier_extension = true;
    // Browsers accept a validity of at most 398 days. A run takes minutes.
    let now = rcgen::date_time_ymd(2025, 1, 1);
    leaf.not_before = now;
    let leaf_key = KeyPair::generate()?;
    let leaf_certificate = leaf.signed_by(&leaf_key, &issuer)?;

    let mut config = ServerConfig::builder_with_provider(Arc::new(
        tokio_rustls::rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()?
    .with_no_client_auth()
    .with_single_cert(
        vec![leaf_certificate.der().clone(), certificate.der().clone()],
        PrivateKeyDer::Pkcs8(leaf_key.serialize_der().into()),
    )?;
    // Only HTTP/1.1: a missing or incomplete response can then be produced exactly.
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((pem, TlsAcceptor::from(Arc::new(config))))
}

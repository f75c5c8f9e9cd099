//! Starts web servers on this machine with the recipes, changing only addresses and folders.

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use aws_lc_rs::digest;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData as _,
};
use tempfile::TempDir;

/// The host name in the recipes. The tests do not resolve it with DNS.
pub(crate) const NAME: &str = "setup.contoso.com";

pub(crate) fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Server {
    Nginx,
    Apache,
}

impl Server {
    pub(crate) const ALL: [Self; 2] = [Self::Nginx, Self::Apache];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Apache => "apache",
        }
    }

    fn recipe(self) -> String {
        let file = format!("../../docs/hosting/{}.conf", self.name());
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
    }
}

/// A private certificate authority and unused loopback addresses.
pub(crate) struct Testbed {
    folder: TempDir,
    pub(crate) authority: PathBuf,
    /// Hash of the authority's public key, in the format of Chromium's pins.
    pub(crate) pin: String,
    count: Cell<u8>,
    net: u8,
}

/// One running web server with one folder.
pub(crate) struct Deployment {
    pub(crate) address: String,
    pub(crate) folder: PathBuf,
    process: PathBuf,
}

impl Drop for Deployment {
    fn drop(&mut self) {
        if let Ok(id) = fs::read_to_string(&self.process) {
            let _ = Command::new("kill").arg(id.trim()).status();
        }
    }
}

impl Testbed {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The web servers read it as another user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let authority = folder.path().join("authority.pem");
        let pin = certify(folder.path(), &authority);
        // Tests of one process run in parallel.
        static NETS: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);
        let part = NETS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let net = u8::try_from(std::process::id() % 50).unwrap() * 5 + part;
        Self {
            folder,
            authority,
            pin,
            count: Cell::new(0),
            net,
        }
    }

    /// Starts a web server with its recipe, after `recipe` and `files` have made their changes.
    pub(crate) fn deploy(
        &self,
        server: Server,
        settings: &str,
        recipe: impl FnOnce(&mut String),
        files: impl FnOnce(&Path),
    ) -> Deployment {
        let number = self.count.get() + 1;
        self.count.set(number);
        let address = format!("127.83.{}.{number}", self.net);
        let home = self.folder.path().join(number.to_string());
        let folder = home.join("www");
        let mut text = server.recipe();
        let packed = self.packed(server, &text);
        copy(&packed, &folder);
        fs::write(folder.join("config.json"), settings).unwrap();
        files(&folder);
        let changed = changed(&packed, &folder);
        pack(&text, &folder, &changed);
        recipe(&mut text);
        let text = text
            .replace("/var/www/cmg-entra-setup", folder.to_str().unwrap())
            .replace(
                &format!("/etc/ssl/certs/{NAME}.pem"),
                self.path("chain.pem").as_str(),
            )
            .replace(
                &format!("/etc/ssl/private/{NAME}.key"),
                self.path("key.pem").as_str(),
            )
            .replace("listen 80;", &format!("listen {address}:80;"))
            .replace("listen 443 ", &format!("listen {address}:443 "))
            .replace("<VirtualHost *:", &format!("<VirtualHost {address}:"));
        // IPv6 can be missing on this machine.
        let text: Vec<&str> = text.lines().filter(|line| !line.contains("[::]")).collect();
        let site = home.join("site.conf");
        fs::write(&site, text.join("\n")).unwrap();
        let deployment = Deployment {
            address,
            folder,
            process: home.join("pid"),
        };
        match server {
            Server::Nginx => nginx(&home, &site),
            Server::Apache => apache(&home, &site, &deployment.address, &server.recipe()),
        }
        deployment
    }

    /// An address without a server.
    pub(crate) fn without_server(&self) -> Deployment {
        Deployment {
            address: format!("127.83.{}.250", self.net),
            folder: PathBuf::new(),
            process: PathBuf::new(),
        }
    }

    /// The published files with the compressed copies that a recipe adds. Created once, because compression takes the most time.
    fn packed(&self, server: Server, recipe: &str) -> PathBuf {
        let folder = self.folder.path().join(server.name());
        if !folder.exists() {
            copy(&dist(), &folder);
            pack(recipe, &folder, &[".".to_owned()]);
        }
        folder
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }
}

/// Runs the compression command of a recipe for these files.
fn pack(recipe: &str, folder: &Path, files: &[String]) {
    let command = recipe
        .lines()
        .find_map(|line| line.strip_prefix("#   find /var/www/cmg-entra-setup "));
    let (Some(command), false) = (command, files.is_empty()) else {
        return;
    };
    let status = Command::new("sh")
        .arg("-c")
        .arg(format!("find {} {command}", files.join(" ")))
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(status.success());
}

/// The files of the page that have changed.
fn changed(before: &Path, after: &Path) -> Vec<String> {
    fs::read_dir(after)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .filter(|entry| {
            let old = fs::read(before.join(entry.file_name())).ok();
            old != fs::read(entry.path()).ok()
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

fn nginx(home: &Path, site: &Path) {
    let shown = home.display();
    let config_text = format!(
        "include /etc/nginx/modules-enabled/*.conf;\nuser www-data;\nworker_processes 1;\npid {shown}/pid;\nerror_log {shown}/error.log;\n\
         events {{}}\nhttp {{\ninclude /etc/nginx/mime.types;\ndefault_type application/octet-stream;\naccess_log off;\ninclude {};\n}}\n",
        site.display()
    );
    let file = home.join("nginx.conf");
    fs::write(&file, config_text).unwrap();
    // The command returns when nginx accepts connections.
    started(Command::new("nginx").arg("-c").arg(&file), home);
}

fn apache(home: &Path, site: &Path, address: &str, recipe: &str) {
    let modules = recipe
        .lines()
        .find_map(|line| line.strip_prefix("#   a2enmod "))
        .unwrap();
    let named = modules.split(' ').map(|module| {
        // Debian's script also enables the modules that a module requires.
        let needed = if module == "ssl" { "socache_shmcb" } else { module };
        format!("Include /etc/apache2/mods-available/{needed}.load\nInclude /etc/apache2/mods-available/{module}.load\n")
    });
    let shown = home.display();
    let config_text = format!(
        "ServerRoot /etc/apache2\nServerName localhost\nPidFile {shown}/pid\nDefaultRuntimeDir {shown}\nErrorLog {shown}/error.log\nUser www-data\nGroup www-data\n\
         Include /etc/apache2/mods-enabled/*.load\nInclude /etc/apache2/mods-enabled/*.conf\n{}Listen {address}:80\nListen {address}:443\n\
         <Directory />\nRequire all denied\n</Directory>\nInclude {}\n",
        named.collect::<String>(),
        site.display()
    );
    let file = home.join("httpd.conf");
    fs::write(&file, config_text).unwrap();
    let mut command = Command::new("apache2");
    command.args(["-k", "start", "-f"]).arg(&file);
    for name in ["APACHE_RUN_DIR", "APACHE_LOCK_DIR", "APACHE_LOG_DIR"] {
        command.env(name, home);
    }
    command
        .env("APACHE_RUN_USER", "www-data")
        .env("APACHE_RUN_GROUP", "www-data")
        .env("APACHE_PID_FILE", home.join("pid"));
    started(&mut command, home);
}

#[track_caller]
fn started(command: &mut Command, home: &Path) {
    let output = command.output().unwrap();
    let log = fs::read_to_string(home.join("error.log")).unwrap_or_default();
    assert!(
        output.status.success(),
        "{}\n{log}",
        String::from_utf8_lossy(&output.stderr)
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Writes an authority and a certificate for the host name. Returns the authority's pin.
fn certify(folder: &Path, authority_file: &Path) -> String {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(
        DnType::CommonName,
        "Authority of the hosts ring (tests only)",
    );
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority_key = KeyPair::generate().unwrap();
    let pem = authority.self_signed(&authority_key).unwrap().pem();
    fs::write(authority_file, &pem).unwrap();
    let pin = digest::digest(&digest::SHA256, &authority_key.subject_public_key_info());
    let issuer = Issuer::new(authority, authority_key);

    let mut leaf = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.not_before = rcgen::date_time_ymd(2025, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = leaf.signed_by(&key, &issuer).unwrap();
    fs::write(
        folder.join("chain.pem"),
        format!("{}{pem}", certificate.pem()),
    )
    .unwrap();
    fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    base64(pin.as_ref())
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

//! A CONNECT proxy that allows only the served host names. Unmodified clients and browsers reach the emulator under Microsoft's names.
//!
//! Every other host name is refused and recorded, so a test can assert that no other host was contacted.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::Rc;

use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::copy_bidirectional;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

/// Refused hosts with port, and the number of attempts.
pub(crate) type Refused = Rc<RefCell<BTreeMap<String, u64>>>;

/// Serves until the task is dropped.
pub(crate) async fn serve(
    listener: TcpListener,
    names: Rc<Vec<String>>,
    target: SocketAddr,
    refused: Refused,
) {
    loop {
        let Ok((client, _)) = listener.accept().await else {
            continue;
        };
        let (names, refused) = (Rc::clone(&names), Rc::clone(&refused));
        tokio::task::spawn_local(async move {
            // A broken connection concerns only its client.
            let _ = connect(client, &names, target, &refused).await;
        });
    }
}

async fn connect(
    mut client: TcpStream,
    names: &[String],
    target: SocketAddr,
    refused: &Refused,
) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > 16 * 1024 {
            return Ok(());
        }
        // Reads one byte at a time, so that bytes after the header stay in the stream.
        let byte = client.read_u8().await?;
        head.push(byte);
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.split_ascii_whitespace();
    let (method, place) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if method == "GET" && place == "/__emulator/refused" {
        let body = serde_json::json!({ "refused": *refused.borrow() }).to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        return client.write_all(answer.as_bytes()).await;
    }
    let known = place
        .strip_suffix(":443")
        .is_some_and(|host| names.iter().any(|name| name.eq_ignore_ascii_case(host)));
    if method != "CONNECT" || !known {
        *refused.borrow_mut().entry(place.to_owned()).or_default() += 1;
        return client
            .write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            .await;
    }
    let mut server = TcpStream::connect(target).await?;
    client
        .write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
        .await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

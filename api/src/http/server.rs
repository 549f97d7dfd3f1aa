//! The listening server: connections, their time-outs, and how it stops.
//!
//! `axum::serve` has no time-out for headers and no limit of connections, so a handful of slow clients could hold it. This
//! is hyper's own server with both.

use std::{io, pin::pin, sync::Arc, time::Duration};

use axum::Router;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::settings::HttpSettings;

/// How an HTTP/2 connection begins (RFC 9113, section 3.4).
const HTTP2_PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// Between two looks at a connection that has said too little.
const PEEK_PAUSE: Duration = Duration::from_millis(20);
/// After an error of the listener, such as too many open files: time for some to be closed.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// The largest header section, in bytes, in either version of HTTP.
const HEADER_BYTES: u16 = 16 * 1024;

/// Serves until `shutdown` completes, then lets open requests finish for [`HttpSettings::drain_timeout_ms`] and ends what
/// is left.
///
/// # Errors
/// When the listener's address cannot be read; errors of single connections are theirs alone.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    settings: HttpSettings,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    let builder = Arc::new(builder(&settings));
    let places = Arc::new(Semaphore::new(settings.connections.min(Semaphore::MAX_PERMITS)));
    let graceful = GracefulShutdown::new();
    let stopping = CancellationToken::new();
    // Ends the connections that are left when it is dropped.
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepting = async {
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut shutdown => break,
            accepted = accepting => accepted,
        };
        while connections.try_join_next().is_some() {}
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let (builder, router) = (builder.clone(), router.clone());
        let (watcher, stopping) = (graceful.watcher(), stopping.clone());
        let patience = settings.header_timeout();
        connections.spawn(async move {
            let _place = place;
            let begun = stopping.run_until_cancelled(has_begun(&stream, patience)).await;
            if begun != Some(true) || stream.set_nodelay(true).is_err() {
                return;
            }
            let service = TowerToHyperService::new(router);
            let connection = builder
                .serve_connection_with_upgrades(TokioIo::new(stream), service)
                .into_owned();
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    stopping.cancel();
    tracing::info!(open = graceful.count(), "stopping");
    if timeout(settings.drain_timeout(), graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("requests were still open when the time to stop was up");
    }
    Ok(())
}

fn builder(settings: &HttpSettings) -> Builder<TokioExecutor> {
    let patience = settings.header_timeout();
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_buf_size(usize::from(HEADER_BYTES) * 4);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(patience)
        .keep_alive_timeout(patience)
        .max_header_list_size(HEADER_BYTES.into())
        .max_concurrent_streams(settings.streams_per_connection);
    builder
}

/// Waits until the client has said enough to tell the version of HTTP. hyper's time-out for headers begins only then, so
/// a client that says nothing, or `PRI`, would stay for ever.
async fn has_begun(stream: &TcpStream, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    let mut seen = [0; HTTP2_PREFACE.len()];
    loop {
        match timeout_at(deadline, stream.peek(&mut seen)).await {
            Ok(Ok(0) | Err(_)) | Err(_) => return false,
            Ok(Ok(length)) => {
                let undecided = length < HTTP2_PREFACE.len() && HTTP2_PREFACE.starts_with(&seen[..length]);
                if !undecided {
                    return true;
                }
                if Instant::now() >= deadline {
                    return false;
                }
                sleep(PEEK_PAUSE).await;
            }
        }
    }
}

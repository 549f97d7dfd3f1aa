//! Files on their way out: whole, in part, to whom, and for how long.

use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use harness::{both_databases, id};
use serde_json::{Value, json};

use super::wire::*;

both_databases! {
    /// A file is an attachment of its type and name, which no browser shows or runs.
    async fn a_file_is_an_attachment(world: World) {
        let mut drawing = input("image/svg+xml", 0);
        let bytes = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>".to_vec();
        drawing["bytes"] = json!(bytes.len().to_string());
        drawing["fileName"] = json!("Tŷ ni.svg");
        let file = upload(&world, "visitor", drawing, bytes.clone()).await;
        let address = download(&world, "visitor", &file.id).await.unwrap();
        assert!(address.starts_with("/media/files/"), "{address}");
        let heard = get(&world, &address, &[]).await;
        assert_eq!((heard.status, &heard.body), (StatusCode::OK, &bytes));
        let expected = "attachment; filename=\"T_ ni.svg\"; filename*=UTF-8''T%C5%B7%20ni.svg";
        assert_eq!(heard.header("content-disposition"), expected);
        assert_eq!(heard.header("content-type"), "image/svg+xml");
        assert_eq!(heard.header("x-content-type-options"), "nosniff");
        assert_eq!(heard.header("content-security-policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_eq!(heard.header("etag"), format!("\"{}\"", sha256(&bytes)));
        assert_eq!(heard.header("last-modified"), "Mon, 02 Mar 2026 09:00:00 GMT");
        assert_eq!(heard.header("accept-ranges"), "bytes");
        assert_eq!(heard.header("content-length"), bytes.len().to_string());
        let asked = send(&world, Method::HEAD, &address, &[], Default::default()).await;
        assert_eq!((asked.status, asked.body.len()), (StatusCode::OK, 0));
        assert_eq!(asked.header("content-length"), bytes.len().to_string());
    }

    /// Parts of a file, by RFC 9110.
    async fn a_file_is_given_in_part(world: World) {
        let bytes = picture(1_000);
        let file = upload(&world, "visitor", input("image/png", bytes.len()), bytes.clone()).await;
        let address = download(&world, "visitor", &file.id).await.unwrap();
        let ask = async |range: &str| get(&world, &address, &[("range", range)]).await;
        for (range, from, to) in [("bytes=0-9", 0, 10), ("bytes=990-", 990, 1_000), ("bytes=-5", 995, 1_000)] {
            let heard = ask(range).await;
            assert_eq!((heard.status, &heard.body[..]), (StatusCode::PARTIAL_CONTENT, &bytes[from..to]), "{range}");
            assert_eq!(heard.header("content-range"), format!("bytes {from}-{}/1000", to - 1));
        }
        let beyond = ask("bytes=1000-").await;
        assert_eq!((beyond.status, beyond.header("content-range")), (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */1000"));
        assert_eq!(ask("bytes=0-1,5-6").await.body, bytes);

        let tag = format!("\"{}\"", sha256(&bytes));
        let known = get(&world, &address, &[("if-none-match", &tag)]).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let resumed = get(&world, &address, &[("range", "bytes=5-9"), ("if-range", &tag)]).await;
        assert_eq!(resumed.status, StatusCode::PARTIAL_CONTENT);
        let other = get(&world, &address, &[("range", "bytes=5-9"), ("if-range", "\"another\"")]).await;
        assert_eq!((other.status, other.body.len()), (StatusCode::OK, 1_000));
    }

    /// An address that gets into other hands opens one file, for downloads alone, and not for long.
    async fn a_leaked_address_opens_one_file_for_a_while(world: World) {
        let one = upload(&world, "visitor", input("image/png", 100), picture(100)).await;
        let other = upload(&world, "visitor", input("image/png", 200), picture(200)).await;
        let address = download(&world, "visitor", &one.id).await.unwrap();
        let another = download(&world, "visitor", &other.id).await.unwrap();
        assert_eq!(get(&world, &address, &[]).await.body.len(), 100);

        let signed = |address: &str| {
            let segment = address.rsplit('/').next().unwrap().to_owned();
            let (signed, signature) = segment.split_once('.').unwrap();
            (signed.to_owned(), signature.to_owned())
        };
        let swapped = format!("/media/files/{}.{}", signed(&another).0, signed(&address).1);
        let as_upload = address.replace("/files/", "/uploads/");
        let upload_as_file = one.address.replace("/uploads/", "/files/");
        for wrong in [swapped.as_str(), upload_as_file.as_str(), "/media/files/a.b", "/media/files/x"] {
            let heard = get(&world, wrong, &[]).await;
            assert_eq!(heard.status, StatusCode::NOT_FOUND, "{wrong}");
        }
        assert_eq!(head(&world, &as_upload).await.status, StatusCode::NOT_FOUND);

        world.clock().advance(TimeDelta::minutes(15));
        assert_eq!(get(&world, &address, &[]).await.status, StatusCode::GONE);
        let anew = download(&world, "visitor", &one.id).await.unwrap();
        assert_ne!(anew, address);
        assert_eq!(get(&world, &anew, &[]).await.status, StatusCode::OK);
    }

    /// Whoever may read what points to a file may read the file, its captions and its transcript, as long as that is so.
    async fn readers_come_through_what_points_to_it(world: World) {
        for file in ["interview", "captions", "transcript"] {
            let file = id("media", file);
            for (viewer, may) in [
                ("visitor", true),
                ("board-chair", true),
                ("board-member", true),
                ("council-admin", true),
                ("former-member", false),
                // Recused from this candidate.
                ("researcher", false),
                ("stranger", false),
                ("platform-admin", false),
                ("anonymous", false),
            ] {
                let read = read(&world, viewer, &file).await;
                assert_eq!(read != Value::Null, may, "{viewer}: {read}");
                if may {
                    assert!(read["downloadUrl"].is_string(), "{viewer}: {read}");
                    assert_eq!(read["viewerCan"]["manage"], json!(viewer == "visitor"), "{viewer}");
                }
            }
        }
        // Taken back, it is no business of the panel's any more: the next look gives no address.
        let take_back = "mutation($input: ApplicationWithdrawInput!) { applicationWithdraw(input: $input) { userErrors { code } } }";
        let mine = json!({ "input": { "id": id("application", "co-ordinator visitor"), "expectedVersion": 1 } });
        let answer = world.client("visitor").query(take_back, mine).await;
        assert!(answer.user_errors("applicationWithdraw").is_empty(), "{}", answer.text);
        assert_eq!(read(&world, "board-member", &id("media", "interview")).await, Value::Null);
        assert!(download(&world, "visitor", &id("media", "interview")).await.is_some());
    }

    /// Somebody applies with a recording of their own, and the panel sees it.
    async fn a_recording_is_handed_in(world: World) {
        let mut video = input("video/mp4", 40);
        video["durationSeconds"] = json!(90);
        let mut bytes = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
        bytes.resize(40, 0);
        let file = upload(&world, "researcher", video, bytes).await;
        let submit = "mutation($input: ApplicationSubmitInput!) { applicationSubmit(input: $input) { \
            application { id media { id downloadUrl } } userErrors { code message path } } }";
        let mut application = json!({ "vacancyId": id("vacancy", "seat"), "mediaId": id("media", "interview") });
        let answer = world.client("researcher").query(submit, json!({ "input": application })).await;
        assert_eq!(answer.user_errors("applicationSubmit"), ["NOT_FOUND at input.mediaId"]);
        let begun = announce(&world, "researcher", input("image/png", 100)).await;
        application["mediaId"] = json!(begun.id);
        let answer = world.client("researcher").query(submit, json!({ "input": application })).await;
        assert_eq!(answer.user_errors("applicationSubmit"), ["INACTIVE at input.mediaId"]);
        application["mediaId"] = json!(file.id);
        let answer = world.client("researcher").query(submit, json!({ "input": application })).await;
        assert!(answer.user_errors("applicationSubmit").is_empty(), "{}", answer.text);
        assert_eq!(answer.data("/applicationSubmit/application/media/id"), &json!(file.id));
        assert!(download(&world, "council-admin", &file.id).await.is_some());
        assert!(download(&world, "stranger", &file.id).await.is_none());
    }
}

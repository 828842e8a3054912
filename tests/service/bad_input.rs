//! Addresses, headers and bodies that nobody sends in good faith: each is answered as its name says, and none is a fault of ours.

use axum::http::{Method, StatusCode, header};

use crate::fixture::{escaped, get, send, send_bytes, sparql};

/// Every byte of a text escaped, also those that need not be.
fn percent_encode_all(text: &str) -> String {
    text.bytes().map(percent_encoding::percent_encode_byte).collect()
}

/// A rule's name, the head of a request, its body and the status that comes.
type BodyRule<'a> = (&'static str, &'a [(&'a str, &'a str)], &'static [u8], u16);

#[tokio::test]
async fn a_path_cannot_lead_anywhere_but_to_a_resource() {
    let rules = [
        ("upwards", "/../Cargo.toml", 404),
        ("upwards, escaped", "/%2e%2e/%2e%2e/etc/passwd", 404),
        ("upwards, escaped in capitals", "/%2E%2E%2FCargo.toml", 404),
        ("upwards from a resource", "/measure/../../etc/passwd", 404),
        ("upwards from the assets", "/assets/../Cargo.toml", 404),
        ("upwards from the assets, escaped", "/assets/%2e%2e%2fCargo.toml", 404),
        ("upwards from the assets, twice escaped", "/assets/%252e%252e%252fCargo.toml", 404),
        ("a backslash", "/assets/..%5c..%5cCargo.toml", 404),
        ("an absolute path of the disk", "//etc/passwd", 404),
        ("a drive", "/c:/windows", 404),
        ("a dot", "/./", 404),
        ("nothing but slashes", "////", 404),
        ("a slash escaped", "/measure%2F甲政发〔2031〕1号.1.ttl", 200),
        ("escaped twice", "/measure/%25E7%2594%25B2", 404),
        ("a percent sign alone", "/measure/100%", 404),
        ("a percent sign with one digit", "/measure/%4", 404),
        ("a percent sign without digits", "/measure/%zz", 404),
        ("a byte that is no UTF-8", "/%C0%AE%C0%AE/", 400),
        ("half of a character", "/measure/%E7%94", 400),
        ("a surrogate", "/%ED%A0%80", 400),
        ("NUL", "/measure/a%00.ttl", 400),
        ("a line break", "/measure/a%0D%0ASet-Cookie:%20a=b", 400),
        ("the end of a line of Unicode", "/measure/a%C2%85", 400),
        ("a mark of direction", "/measure/%E2%80%AE1%E5%8F%B7", 404),
        ("the graph store, upwards", "/rdf-graph-store/../sparql", 404),
        ("the graph store, with nothing", "/rdf-graph-store/", 404),
    ];
    for (rule, address, status) in rules {
        let answer = get(address, "text/turtle").await;
        assert_eq!(answer.status.as_u16(), status, "{rule}: {}", answer.body);
        assert!(!answer.body.contains("[package]") && !answer.body.contains("root:"), "{rule}");
    }
}

#[tokio::test]
async fn every_form_of_escaping_spells_the_same_name() {
    let name = "measure/甲政发〔2031〕1号.1.ttl";
    let every_byte = percent_encode_all(name);
    let in_small_letters = every_byte.to_ascii_lowercase();
    let expected = get(&format!("/{name}"), "*/*").await;
    for spelled in [escaped(name), every_byte, in_small_letters, format!("{name}?")] {
        let answer = get(&format!("/{spelled}"), "*/*").await;
        assert_eq!((answer.status, &answer.body), (StatusCode::OK, &expected.body), "{spelled}");
    }
}

#[tokio::test]
async fn every_form_of_escaping_spells_the_same_query() {
    let query = "SELECT (CONCAT(\"绿化 + 苗圃\", \"&=%\") AS ?x) {}";
    let every_byte = percent_encode_all(query).to_ascii_lowercase();
    let pluses = escaped(query).replace("%20", "+");
    for spelled in [escaped(query), every_byte, pluses] {
        let answer = get(&format!("/sparql?query={spelled}"), "text/csv").await;
        assert_eq!(answer.body, "x\r\n绿化 + 苗圃&=%\r\n", "{spelled}");
    }
}

#[tokio::test]
async fn what_is_no_text_is_refused_wherever_it_stands() {
    let by_form = [("content-type", "application/x-www-form-urlencoded")];
    let direct = [("content-type", "application/sparql-query")];
    let as_utf_16 = [("content-type", "application/sparql-query; charset=UTF-16")];
    let as_utf_8 = [("content-type", "application/sparql-query; charset=\"UTF-8\"")];
    let rules: [BodyRule; 10] = [
        ("invalid UTF-8 as the body", &direct, b"ASK { ?s ?p \"\xff\" }", 400),
        ("invalid UTF-8 in a form", &by_form, b"query=ASK%7B%7D&x=\xff", 400),
        ("invalid UTF-8 escaped in a form", &by_form, b"query=ASK%7B%7D%FF", 400),
        ("NUL as the body", &direct, b"ASK {\0}", 400),
        ("NUL escaped in a form", &by_form, b"query=ASK%7B%7D%00", 400),
        ("a mark of byte order in UTF-16", &direct, b"\xff\xfeA\0S\0K\0", 400),
        ("another encoding than the body has", &as_utf_16, b"ASK {}", 415),
        ("the one encoding, quoted", &as_utf_8, b"ASK {}", 200),
        ("nothing", &direct, b"", 400),
        ("a form of nothing", &by_form, b"", 400),
    ];
    for (rule, head, body, status) in rules {
        let answer = send_bytes(Method::POST, "/sparql", head, body).await;
        assert_eq!(answer.status.as_u16(), status, "{rule}: {}", answer.body);
    }
    for address in ["/sparql?query=%FF", "/sparql?query=ASK%7B%7D%00", "/search.json?q=%ED%A0%80"] {
        assert_eq!(get(address, "*/*").await.status, StatusCode::BAD_REQUEST, "{address}");
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_not_taken_for_a_query() {
    for media_type in [
        "",
        "text/plain",
        "application/json",
        "application/sparql-query+xml",
        "multipart/form-data; boundary=x",
        "application/sparql-results+json",
        "nonsense",
        ";",
    ] {
        let head = [("content-type", media_type)];
        let answer = send(Method::POST, "/sparql", &head, "ASK {}").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media_type}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("application/sparql-query"));
    }
    assert_eq!(
        send(Method::POST, "/sparql", &[], "ASK {}").await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
}

#[tokio::test]
async fn every_form_of_update_is_refused_with_the_way_that_data_get_in() {
    let update = escaped("DELETE WHERE { ?s ?p ?o }");
    let form = "application/x-www-form-urlencoded";
    let by_query = sparql("INSERT DATA { <urn:a> <urn:b> 1 }", "");
    let rules = [
        (Method::GET, format!("/sparql?update={update}"), "", String::new()),
        (Method::GET, format!("/sparql?query=ASK%7B%7D&update={update}"), "", String::new()),
        (Method::GET, by_query, "", String::new()),
        (Method::POST, "/sparql".to_owned(), form, format!("update={update}")),
        (Method::POST, "/sparql".to_owned(), form, "update=no+update".to_owned()),
        (Method::POST, "/sparql".to_owned(), form, format!("update={update}&update={update}")),
        (Method::POST, format!("/sparql?update={update}"), form, String::new()),
        (Method::POST, "/sparql".to_owned(), "application/sparql-update", "CLEAR ALL".to_owned()),
        (Method::POST, "/sparql".to_owned(), "application/sparql-update", "x".repeat(2 << 20)),
        (Method::POST, "/sparql".to_owned(), "application/sparql-query", "CLEAR ALL".to_owned()),
        (
            Method::POST,
            "/sparql?using-graph-uri=urn:g".to_owned(),
            "application/sparql-update; charset=utf-8",
            "CLEAR ALL".to_owned(),
        ),
    ];
    for (method, address, media_type, body) in rules {
        let head = [("content-type", media_type), ("accept", "*/*"), ("accept-language", "en")];
        let answer = send(method, &address, &head, &body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{address:.80} {media_type} {body:.40}");
        assert!(answer.json()["detail"].as_str().unwrap().contains("zhengtu build"), "{address}");
    }
}

#[tokio::test]
async fn what_a_request_says_cannot_split_a_header() {
    let redirects = [
        "/document/甲政发[2031]1号?lang=en&x=%0d%0aSet-Cookie:%20a=b",
        "/sparql?query=ASK%7B%7D%0d%0aSet-Cookie:%20a=b",
        "/measure/甲政发〔2031〕1号.1?x=%0D%0A%0D%0A<script>",
    ];
    for address in redirects {
        let answer = get(address, "text/html").await;
        let location = answer.header("location").to_owned();
        assert!(!location.is_empty(), "{address}: {}", answer.status);
        assert!(!location.contains(['\r', '\n']), "{location}");
        assert!(answer.headers.get(header::SET_COOKIE).is_none(), "{address}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_offered_is_told_those_that_are() {
    for (address, allowed) in [
        ("/", "GET,HEAD"),
        ("/search.json", "GET,HEAD"),
        ("/sparql", "GET,HEAD,POST"),
        ("/measure/甲政发〔2031〕1号.1", "GET,HEAD"),
    ] {
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "QUERY"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = send(method.clone(), address, &[], "").await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {address}");
            assert_eq!(answer.header("allow"), allowed, "{method} {address}");
        }
    }
}

#[tokio::test]
async fn what_is_too_long_is_refused_before_it_is_read() {
    let long = "x".repeat(40 * 1024);
    for address in
        [format!("/{long}"), format!("/sparql?query={long}"), format!("/search?q={long}")]
    {
        assert_eq!(get(&address, "*/*").await.status, StatusCode::URI_TOO_LONG, "{address:.30}");
    }
    let direct = [("content-type", "application/sparql-query")];
    let list = (0..100_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let list = format!("ASK {{ ?s ?p ?o FILTER(?o IN ({list})) }}");
    let comment = format!("ASK {{}} # {}", "x".repeat((1 << 20) - 20));
    for (rule, query) in [("100,000 values", list), ("a megabyte", comment)] {
        let answer = send(Method::POST, "/sparql", &direct, &query).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{rule}: {}", answer.body);
        assert_eq!(answer.json()["cause"], "size", "{rule}");
    }
    let beyond = send(Method::POST, "/sparql", &direct, &"x".repeat((1 << 20) + 1)).await;
    assert_eq!(beyond.status, StatusCode::PAYLOAD_TOO_LARGE);
}

use super::*;

const LIMITS: PackageLimits = PackageLimits {
    unpacked_bytes: 1_000_000,
    ratio: 100,
    files: 10,
};

/// A file of a package: its name, its bytes, and how long the directory says it is unpacked.
struct File<'a>(&'a str, &'a [u8], u32);

/// A package of files that are not packed.
fn package(files: &[File<'_>]) -> Vec<u8> {
    let (mut bytes, mut listed) = (Vec::new(), Vec::new());
    for File(name, content, unpacked) in files {
        let offset = u32::try_from(bytes.len()).unwrap();
        let length = u32::try_from(content.len()).unwrap();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        bytes.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&unpacked.to_le_bytes());
        bytes.extend_from_slice(&name_length);
        bytes.extend_from_slice(b"\0\0");
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content);
        listed.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        listed.extend_from_slice(&length.to_le_bytes());
        listed.extend_from_slice(&unpacked.to_le_bytes());
        listed.extend_from_slice(&name_length);
        listed.extend_from_slice(&[0; 12]);
        listed.extend_from_slice(&offset.to_le_bytes());
        listed.extend_from_slice(name.as_bytes());
    }
    let starts_at = u32::try_from(bytes.len()).unwrap();
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    bytes.extend_from_slice(&listed);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    bytes.extend_from_slice(&count);
    bytes.extend_from_slice(&count);
    bytes.extend_from_slice(&u32::try_from(listed.len()).unwrap().to_le_bytes());
    bytes.extend_from_slice(&starts_at.to_le_bytes());
    bytes.extend_from_slice(b"\0\0");
    bytes
}

fn check(bytes: &[u8]) -> Result<&'static str, PackageError> {
    let length = bytes.len() as u64;
    let found = directory(bytes, length, LIMITS)?;
    let from = usize::try_from(found.starts_at).unwrap();
    let to = from + usize::try_from(found.length).unwrap();
    check_package(&bytes[from..to], found, bytes, length, LIMITS)
}

fn plain<'a>(name: &'a str, content: &'a [u8]) -> File<'a> {
    File(name, content, u32::try_from(content.len()).unwrap())
}

#[test]
fn documents_are_known_by_what_is_in_them() {
    let word = package(&[
        plain("[Content_Types].xml", b"<a/>"),
        plain("word/document.xml", b"<b/>"),
    ]);
    assert_eq!(check(&word), Ok(DOCX));
    let text = b"application/vnd.oasis.opendocument.text";
    let open = package(&[plain("mimetype", text), plain("content.xml", b"<a/>")]);
    assert_eq!(check(&open), Ok("application/vnd.oasis.opendocument.text"));
    let book = package(&[plain("mimetype", b"application/epub+zip")]);
    assert_eq!(check(&book), Ok("application/epub+zip"));
}

#[test]
fn what_is_no_document_is_not_taken() {
    assert_eq!(
        check(&package(&[plain("a.txt", b"a")])),
        Err(PackageError::Archive)
    );
    let other = package(&[plain("mimetype", b"application/java-archive")]);
    assert_eq!(check(&other), Err(PackageError::Archive));
    for program in [
        "word/vbaProject.bin",
        "a/setup.EXE",
        "Basic/script.xlb",
        "inner.zip",
    ] {
        let bytes = package(&[
            plain("[Content_Types].xml", b""),
            plain("word/document.xml", b""),
            plain(program, b""),
        ]);
        assert!(
            matches!(check(&bytes), Err(PackageError::Program { .. })),
            "{program}"
        );
    }
    for out in ["../a", "/etc/passwd", "a/../../b", "..\\a", "C:\\a"] {
        let bytes = package(&[plain(out, b"")]);
        assert!(
            matches!(check(&bytes), Err(PackageError::LeadsOut { .. })),
            "{out}"
        );
    }
}

#[test]
fn bombs_are_known_before_anything_is_unpacked() {
    let long = package(&[File("word/document.xml", b"a", 1_000_001)]);
    assert!(matches!(
        check(&long),
        Err(PackageError::TooLong { bytes: 1_000_001, .. })
    ));
    let bomb = package(&[File("word/document.xml", b"a", 900_000)]);
    assert_eq!(check(&bomb), Err(PackageError::Bomb { most: 100 }));
    let many: Vec<String> = (0..11).map(|number| number.to_string()).collect();
    let many: Vec<File<'_>> = many.iter().map(|name| plain(name, b"")).collect();
    assert_eq!(check(&package(&many)), Err(PackageError::TooMany { most: 10 }));
    // Entries that claim more packed bytes than there are share them.
    let mut shared = package(&[plain("a", &[1; 50]), plain("b", &[2; 50])]);
    let listed = shared.windows(4).position(|window| window == ENTRY_MARK).unwrap();
    shared[listed + 20..listed + 24].copy_from_slice(&9_000_u32.to_le_bytes());
    assert_eq!(check(&shared), Err(PackageError::Damaged));
}

#[test]
fn what_contradicts_itself_is_damaged() {
    let good = package(&[
        plain("[Content_Types].xml", b"<a/>"),
        plain("word/document.xml", b"<b/>"),
    ]);
    for length in 0..good.len() {
        assert!(check(&good[..length]).is_err(), "{length}");
    }
    let mut fewer = good.clone();
    let end = good.len() - 22;
    fewer[end + 10] = 1;
    assert_eq!(check(&fewer), Err(PackageError::Damaged));
    let mut elsewhere = good;
    elsewhere[end + 16] = 0;
    assert_eq!(check(&elsewhere), Err(PackageError::Damaged));
}

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
        let method: u8 = if *unpacked == length { 0 } else { 8 };
        bytes.extend_from_slice(b"PK\x03\x04\x14\0\0\0");
        bytes.extend_from_slice(&[method, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&unpacked.to_le_bytes());
        bytes.extend_from_slice(&name_length);
        bytes.extend_from_slice(b"\0\0");
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content);
        listed.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0");
        listed.extend_from_slice(&[method, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
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
fn other_ways_of_packing_are_not_taken() {
    let good = package(&[
        plain("[Content_Types].xml", b"<a/>"),
        plain("word/document.xml", b"<b/>"),
    ]);
    let listed = good.windows(4).position(|window| window == ENTRY_MARK).unwrap();
    for method in [1, 9, 12, 14, 93, 95] {
        let mut other = good.clone();
        other[listed + 10] = method;
        assert_eq!(check(&other), Err(PackageError::Damaged), "{method}");
    }
}

#[test]
fn a_directory_that_lies_is_found_out() {
    use std::io::Write;
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![0; 3_000_000]).unwrap();
    let packed = encoder.finish().unwrap();
    let count = |says: u64| {
        let mut count = Count::of(says);
        packed.chunks(100).try_for_each(|part| count.take(part))?;
        count.finish()
    };
    assert_eq!(count(3_000_000), Ok(()));
    for lie in [0, 1, 2_999_999, 3_000_001] {
        assert_eq!(count(lie), Err(PackageError::Damaged), "{lie}");
    }
    let lying = package(&[File("word/document.xml", &packed, 1_000)]);
    let found = directory(&lying, lying.len() as u64, LIMITS).unwrap();
    let from = usize::try_from(found.starts_at).unwrap();
    let listed = &lying[from..lying.len() - 22];
    let counted = to_be_counted(listed, found, LIMITS).unwrap();
    let [one] = counted[..] else { panic!("{counted:?}") };
    assert_eq!((one.length, one.unpacked), (packed.len() as u64, 1_000));
    let begins_at = usize::try_from(begins_at(one, &lying, found).unwrap()).unwrap();
    assert_eq!(lying[begins_at..begins_at + packed.len()], packed);
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

//! Secrets of feeds: known by their form, shown once.

use super::*;

#[test]
fn a_secret_is_known_by_its_form_and_does_not_show() {
    let secret = FeedSecret::generate();
    let again = FeedSecret::presented(secret.reveal()).unwrap();
    assert_eq!(again.hash(), secret.hash());
    assert_ne!(FeedSecret::generate().hash(), secret.hash());
    assert!(!format!("{secret:?}").contains(&secret.reveal()[4..]));
    let longer = format!("{}a", secret.reveal());
    let client = secret.reveal().replace("rtc_", "rts_");
    for other in ["", "rtc_", &longer, &client, &secret.reveal()[..46]] {
        assert!(FeedSecret::presented(other).is_none(), "{other}");
    }
    let strange = format!("rtc_{} ", "a".repeat(LENGTH - 1));
    assert!(FeedSecret::presented(&strange).is_none());
}

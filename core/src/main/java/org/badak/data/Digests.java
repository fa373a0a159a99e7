package org.badak.data;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The message digests that files and data are recognised by.
public final class Digests {
    private Digests() {}

    /// A new SHA-256.
    public static MessageDigest sha256() {
        return of("SHA-256");
    }

    /// MD5 recognises the files of Fashion-MNIST, whose publisher gives no other digest; it guards
    /// against damage, not against malice.
    static MessageDigest md5() {
        return of("MD5");
    }

    /// The digest of everything so far, lower-case hexadecimal; resets the digest.
    public static String hexadecimal(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("this JDK lacks the digest " + algorithm, absent);
        }
    }
}

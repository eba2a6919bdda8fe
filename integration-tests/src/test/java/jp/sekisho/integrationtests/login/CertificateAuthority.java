package jp.sekisho.integrationtests.login;

import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.BasicConstraintsExtension;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;

/**
 * Issues client certificates; what they are worth is the server's truststore's matter. In this process: each officer of the
 * tests has one, and a tool of its own would take longer than his login.
 */
final class CertificateAuthority {

    private static final SignatureAlgorithmIdentifier SIGNED_WITH = SignatureAlgorithmIdentifier.SHA_256_WITH_ECDSA;
    private static final Duration GOOD_FOR = Duration.ofDays(90);

    private final X509Certificate own;
    private final KeyPair keys;
    private final Path file;

    private CertificateAuthority(X509Certificate own, KeyPair keys, Path file) {
        this.own = own;
        this.keys = keys;
        this.file = file;
    }

    static CertificateAuthority create(Path directory) throws Exception {
        X509CertificateExtension issues = new X509CertificateExtension(
                BasicConstraintsExtension.BASIC_CONSTRAINTS_OID,
                true,
                new ASN1Sequence(ASN1Boolean.UNIVERSAL_BOOLEAN_TRUE_ELEMENT).encode());
        ObjectPair<X509Certificate, KeyPair> made = selfSigned("CA of the tests", issues);
        Path file = Files.createDirectories(directory).resolve("ca.pem");
        Files.writeString(file, made.getFirst().toPEMString());
        return new CertificateAuthority(made.getFirst(), made.getSecond(), file);
    }

    /** PEM. */
    Path certificate() {
        return file;
    }

    /** A certificate of a customer, as nginx hands it on: {@code $ssl_client_escaped_cert}. */
    String issue(String name) throws Exception {
        X509Certificate asked = selfSigned(name).getFirst();
        X509Certificate issued = X509Certificate.generateIssuerSignedCertificate(
                SIGNED_WITH,
                own,
                keys.getPrivate(),
                asked.getPublicKeyAlgorithmOID(),
                asked.getPublicKeyAlgorithmParameters(),
                asked.getEncodedPublicKey(),
                asked.getDecodedPublicKey(),
                asked.getSubjectDN(),
                asked.getNotBeforeTime(),
                asked.getNotAfterTime());
        // URLEncoder writes forms, nginx writes URIs.
        return URLEncoder.encode(issued.toPEMString(), StandardCharsets.US_ASCII)
                .replace("+", "%20");
    }

    private static ObjectPair<X509Certificate, KeyPair> selfSigned(String name, X509CertificateExtension... extensions)
            throws Exception {
        Instant now = Instant.now();
        return X509Certificate.generateSelfSignedCertificate(
                SIGNED_WITH,
                PublicKeyAlgorithmIdentifier.EC,
                256,
                new DN(new RDN("CN", name)),
                now.toEpochMilli(),
                now.plus(GOOD_FOR).toEpochMilli(),
                extensions);
    }
}

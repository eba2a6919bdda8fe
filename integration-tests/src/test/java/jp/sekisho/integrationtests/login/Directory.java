package jp.sekisho.integrationtests.login;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;

/** A firm's LDAP directory. */
final class Directory implements AutoCloseable {

    private static final String FIRM = "dc=firm,dc=example";
    private static final String PEOPLE = "ou=people," + FIRM;
    private static final String MANAGER = "cn=manager";
    private static final String SECRET = "secret-of-the-directory";

    private final InMemoryDirectoryServer server;

    private Directory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static Directory of(Customer... people) throws LDAPException, LDIFException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(FIRM);
        config.addAdditionalBindCredentials(MANAGER, SECRET);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("firm", InetAddress.getLoopbackAddress(), 0, null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        server.add("dn: " + FIRM, "objectClass: domain", "dc: firm");
        server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        for (Customer person : people) {
            server.add(
                    "dn: " + name(person),
                    "objectClass: inetOrgPerson",
                    "uid: " + person.username(),
                    "cn: " + person.firstName(),
                    "sn: " + person.lastName(),
                    "mail: " + person.email(),
                    "userPassword: " + person.password());
        }
        server.startListening();
        return new Directory(server);
    }

    private static String name(Customer person) {
        return "uid=" + person.username() + ',' + PEOPLE;
    }

    /** What Keycloak is told of it: that it asks there each time, and imports nothing. */
    Map<String, Object> component() {
        return Map.of(
                "name",
                "directory",
                "providerId",
                "ldap",
                "providerType",
                "org.keycloak.storage.UserStorageProvider",
                "config",
                listed(Map.ofEntries(
                        Map.entry("enabled", "true"),
                        Map.entry("importEnabled", "false"),
                        Map.entry("editMode", "WRITABLE"),
                        Map.entry("vendor", "other"),
                        Map.entry("connectionUrl", "ldap://127.0.0.1:" + server.getListenPort()),
                        Map.entry("authType", "simple"),
                        Map.entry("bindDn", MANAGER),
                        Map.entry("bindCredential", SECRET),
                        Map.entry("usersDn", PEOPLE),
                        Map.entry("userObjectClasses", "inetOrgPerson"),
                        Map.entry("usernameLDAPAttribute", "uid"),
                        Map.entry("rdnLDAPAttribute", "uid"),
                        Map.entry("uuidLDAPAttribute", "entryUUID"))));
    }

    private static Map<String, List<String>> listed(Map<String, String> config) {
        return config.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue())));
    }

    String entry(Customer person) throws LDAPException {
        return server.getEntry(name(person)).toLDIFString();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}

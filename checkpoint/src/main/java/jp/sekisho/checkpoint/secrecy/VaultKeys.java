package jp.sekisho.checkpoint.secrecy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jp.sekisho.checkpoint.file.UnusableFileException;

/** The keys that the vault has for each realm: read when they are needed first, and looked at again from then on. */
final class VaultKeys implements KeySource {

    private final Vault vault;
    private final Teller teller;
    private final ConcurrentMap<String, Known> byRealm = new ConcurrentHashMap<>();

    VaultKeys(Vault vault, Teller teller) {
        this.vault = vault;
        this.teller = teller;
    }

    /** @param told what was wrong at the last look; told once */
    private record Known(Optional<KeyRing> inUse, Optional<String> told) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
    }

    @Override
    public Optional<KeyRing> of(String realmId) {
        Known known = byRealm.get(realmId);
        if (known == null) {
            // Not within the map: a look may wait for a connection to the database.
            Known looked = looked(realmId, Known.NOTHING);
            known = Optional.ofNullable(byRealm.putIfAbsent(realmId, looked)).orElse(looked);
        }
        return known.inUse();
    }

    @Override
    public void look() {
        byRealm.keySet().removeIf(realmId -> !vault.knows(realmId));
        byRealm.forEach((realmId, before) -> byRealm.replace(realmId, before, looked(realmId, before)));
    }

    private Known looked(String realmId, Known before) {
        String source = "The vault's entry for realm " + realmId;
        String wrong;
        try {
            KeyRing ring = read(realmId).follows(before.inUse());
            if (!before.inUse().equals(Optional.of(ring))) {
                teller.taken(source, ring);
            }
            return new Known(Optional.of(ring), Optional.empty());
        } catch (UnusableFileException bad) {
            wrong = bad.getMessage();
        } catch (RuntimeException unreadable) {
            wrong = "cannot be read: " + unreadable;
        }
        if (!before.told().equals(Optional.of(wrong))) {
            teller.refused(source, wrong, before.inUse());
        }
        return new Known(before.inUse(), Optional.of(wrong));
    }

    private KeyRing read(String realmId) throws UnusableFileException {
        byte[] text = vault.entry(realmId)
                .orElseThrow(() -> new UnusableFileException("is not there"))
                .getBytes(StandardCharsets.UTF_8);
        return KeyRing.parse(text);
    }
}

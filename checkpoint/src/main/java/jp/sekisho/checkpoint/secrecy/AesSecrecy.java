package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import jp.sekisho.storage.secrecy.SealedColumn;

/** @param ring of the moment */
record AesSecrecy(Optional<KeyRing> ring) implements Secrecy {

    @Override
    public Optional<String> currentKey() {
        return ring.map(KeyRing::current);
    }

    @Override
    public String seal(SealedColumn column, String row, String text) {
        return required().seal(column, row, text);
    }

    @Override
    public String open(SealedColumn column, String row, String text) {
        return required().open(column, row, text);
    }

    private KeyRing required() {
        return ring.orElseThrow(() -> new NoKeyException("No key for personal values is configured: spi-"
                + SecrecySpi.NAME + "--" + AesSecrecyFactory.ID + "--" + SecrecyOptions.KEY_FILE));
    }

    @Override
    public void close() {}
}

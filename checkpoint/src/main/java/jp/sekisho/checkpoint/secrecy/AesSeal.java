package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import jp.sekisho.storage.secrecy.SealedColumn;

/**
 * @param ring of the moment
 * @param source where it should have come from
 */
record AesSeal(Optional<KeyRing> ring, String source) implements Seal {

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
        return column.clear(text) ? text : required().open(column, row, text);
    }

    private KeyRing required() {
        return ring.orElseThrow(() -> new NoKeyException("There is no key for personal values: " + source));
    }
}

package jp.sekisho.checkpoint.secrecy;

import java.util.Optional;
import jp.sekisho.storage.secrecy.SealedColumn;

/** Seals and opens the values of one realm. */
// FFAJ-2.2-S1
public interface Seal {

    /** Id of the key that seals now; empty where there is no key, and nothing can be sealed. */
    Optional<String> currentKey();

    /**
     * @param row primary key of the row that the text is for; it opens nowhere else
     * @return begins with the key's id and a colon
     * @throws NoKeyException where there is no key: what must not be stored in clear is not stored
     */
    String seal(SealedColumn column, String row, String text);

    /**
     * What the column allows to be in clear is as it is.
     *
     * @throws NoKeyException where the key is gone, or the text was sealed for another place, or was changed
     */
    String open(SealedColumn column, String row, String text);
}

package jp.sekisho.integrationtests.login;

/** What customers do while nodes come and go: many at once, each turn somebody else. */
interface Load {

    /** Of which a person, or his app, was told. */
    enum Turn {
        DONE,
        /** A page or an answer that says so; nothing came of it. */
        REFUSED,
        /** The connection broke: whether anything came of it, nobody told. */
        UNANSWERED
    }

    /** Called by several threads at once. */
    Turn turn() throws Exception;

    /** Holds what was answered against what is written, once nothing is under way. */
    void verify() throws Exception;
}

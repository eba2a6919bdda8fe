package jp.sekisho.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Whose operation it is: somebody who is logged in to this app, or to its front end, at this moment.
 */
public sealed interface Customer {

    /** Of his ID token, the claim {@code sub}. */
    String subject();

    void putTo(ObjectNode request);

    /** @param accessToken of his login, still alive */
    record ByToken(String subject, String accessToken) implements Customer {

        @Override
        public void putTo(ObjectNode request) {
            request.put("subjectToken", accessToken);
        }

        @Override
        public String toString() {
            return "ByToken[" + subject + ']';
        }
    }

    /** @param session of his ID token, the claim {@code sid} */
    record BySession(String subject, String session) implements Customer {

        @Override
        public void putTo(ObjectNode request) {
            request.put("session", session);
        }
    }
}

package org.meetjar.load.media;

/**
 * Who a client is.
 *
 * @param number in its room, from 0
 * @param silent whether it sends neither sound nor picture
 * @param checked whether everything that it receives is decrypted and checked
 */
public record Person(
    String nick,
    int number,
    Talk talk,
    VideoShape shape,
    LocalSources sources,
    String ufrag,
    String password,
    boolean silent,
    boolean checked) {}

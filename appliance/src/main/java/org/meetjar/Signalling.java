package org.meetjar;

import java.util.Set;
import java.util.function.Supplier;
import org.meetjar.config.LiveSettings;
import org.meetjar.config.Settings;
import org.meetjar.loop.ThreadLoop;
import org.meetjar.loop.Workers;
import org.meetjar.muc.EndConference;
import org.meetjar.muc.Muc;
import org.meetjar.muc.RoomMetadata;
import org.meetjar.relay.Relay;
import org.meetjar.store.Store;
import org.meetjar.xmpp.Hub;
import org.meetjar.xmpp.Jid;

/**
 * The hub, and the rooms with their small services in it. Both belong to the signalling loop.
 *
 * @param hub what clients connect to
 * @param muc the rooms
 */
record Signalling(Hub hub, Muc muc) {
  /**
   * @param store asked for on workers only; may not be open yet
   */
  static Signalling build(
      Settings settings,
      LiveSettings live,
      ThreadLoop loop,
      Workers workers,
      Supplier<Store> store,
      Relay relay) {
    String domain = settings.xmppDomain();
    Hub hub =
        new Hub(
            loop,
            workers,
            settings.xmpp(),
            live::policy,
            domain,
            new StoredAccounts(() -> store.get().accounts()),
            relay);
    Set<Jid> focusAccount = Set.of(Jid.of("focus@auth." + domain));
    Muc muc = new Muc(loop, hub.router(), domain, focusAccount, settings.muc());
    hub.disco().addItem(Jid.of(Muc.LABEL + domain));
    EndConference end = new EndConference(hub.router(), muc, domain);
    hub.disco().addService(EndConference.TYPE, end.address());
    RoomMetadata metadata = new RoomMetadata(hub.router(), muc, domain);
    hub.disco().addService(RoomMetadata.TYPE, metadata.address());
    return new Signalling(hub, muc);
  }
}

package org.meetjar.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may be heard of a conference: as many microphones as there are places, the loudest of them.
 * While there are places everybody has one. Then somebody who speaks takes the place of the
 * quietest, at the earliest a second after that one got it. A voice that pauses grows quiet slowly,
 * so that places don't change between words.
 *
 * <p>Microphones that send nothing but digital silence are not forwarded meanwhile; a muted one may
 * be sending.
 */
final class LoudestSpeakers {
  private static final double ATTACK = 0.5;
  private static final double RELEASE_PER_SECOND = 15;

  /** So much louder must be who takes a place; in dB. */
  private static final double MARGIN = 8;

  /** Nobody takes a place by noise that is quieter: -77 dBov. */
  private static final double AUDIBLE = 50;

  private static final long STAY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long SILENT_NANOS = Duration.ofSeconds(1).toNanos();

  /** Hears who is audible from now on, and who is not. */
  interface Listener {
    void audible(Source source, boolean audible, long nanos);
  }

  private static final class Voice {
    final Source source;
    double smoothed;
    double held;
    long heldNanos;
    long lastSoundNanos;
    long sinceNanos;
    boolean placed;
    boolean audible;

    Voice(Source source, long nanos) {
      this.source = source;
      heldNanos = nanos;
      lastSoundNanos = nanos;
    }

    double loudness(long nanos) {
      return Math.max(0, held - (nanos - heldNanos) * (RELEASE_PER_SECOND / 1e9));
    }

    void level(int level, long nanos) {
      smoothed += (level - smoothed) * ATTACK;
      held = Math.max(smoothed, loudness(nanos));
      heldNanos = nanos;
      lastSoundNanos = level > 0 ? nanos : lastSoundNanos;
    }
  }

  private final int places;
  private final Listener listener;
  private final Map<Source, Voice> voices = new IdentityHashMap<>();
  private final List<Voice> placed = new ArrayList<>();

  LoudestSpeakers(int places, Listener listener) {
    this.places = places;
    this.listener = listener;
  }

  void add(Source source, long nanos) {
    Voice voice = new Voice(source, nanos);
    voices.put(source, voice);
    if (placed.size() < places) {
      place(voice, nanos);
    }
  }

  void remove(Source source) {
    Voice voice = voices.remove(source);
    if (voice != null) {
      placed.remove(voice);
    }
  }

  boolean isAudible(Source source) {
    Voice voice = voices.get(source);
    return voice != null && voice.audible;
  }

  /**
   * A packet has come.
   *
   * @param level 0 (silence) to 127
   * @return whether it is to be heard
   */
  boolean packet(Source source, int level, long nanos) {
    Voice voice = voices.get(source);
    if (voice == null) {
      return false;
    }
    voice.level(level, nanos);
    if (voice.placed) {
      audible(voice, nanos - voice.lastSoundNanos < SILENT_NANOS, nanos);
    } else if (level > 0) {
      claim(voice, nanos);
    }
    return voice.audible;
  }

  private void claim(Voice voice, long nanos) {
    if (placed.size() < places) {
      place(voice, nanos);
      return;
    }
    if (voice.loudness(nanos) < AUDIBLE) {
      return;
    }
    Voice quietest = null;
    double least = voice.loudness(nanos) - MARGIN;
    for (int i = 0; i < placed.size(); i++) {
      Voice other = placed.get(i);
      if (nanos - other.sinceNanos >= STAY_NANOS && other.loudness(nanos) < least) {
        least = other.loudness(nanos);
        quietest = other;
      }
    }
    if (quietest != null) {
      placed.remove(quietest);
      quietest.placed = false;
      audible(quietest, false, nanos);
      place(voice, nanos);
    }
  }

  private void place(Voice voice, long nanos) {
    placed.add(voice);
    voice.placed = true;
    voice.sinceNanos = nanos;
    audible(voice, true, nanos);
  }

  private void audible(Voice voice, boolean audible, long nanos) {
    if (voice.audible != audible) {
      voice.audible = audible;
      listener.audible(voice.source, audible, nanos);
    }
  }
}

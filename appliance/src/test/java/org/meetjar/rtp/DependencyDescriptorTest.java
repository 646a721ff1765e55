package org.meetjar.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** AV1 RTP specification, appendix A, with descriptors as Chromium sends them. */
class DependencyDescriptorTest {
  /** Three spatial and three temporal layers, from a Chromium at 480 by 270. */
  static final String L3T3 =
      "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d954926e0"
          + "82b04a0941b820ac1282503157f974000ca864330e222222eca8655304224230eca877530077004200ef008601"
          + "df010d";

  private final DependencyState state = new DependencyState();
  private final DependencyDescriptor descriptor = new DependencyDescriptor();
  private long sequence = 100;

  private void read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    descriptor.read(bytes, 0, bytes.length, state, ++sequence, true);
  }

  @Test
  void aKeyFrameBringsTheStructure() {
    read(L3T3);
    assertThat(descriptor.isKnown()).isTrue();
    assertThat(descriptor.hasStructure).isTrue();
    assertThat(descriptor.start && descriptor.end).isTrue();
    assertThat(descriptor.frameNumber).isEqualTo(0x172);
    DependencyStructure structure = descriptor.structure;
    assertThat(structure.decodeTargets).isEqualTo(9);
    assertThat(structure.chains).isEqualTo(3);
    assertThat(structure.spatialLayers).isEqualTo(3);
    assertThat(structure.temporalLayers).isEqualTo(3);
    assertThat(structure.heights).startsWith(67, 135, 270);
    assertThat(descriptor.spatialId()).isZero();
    assertThat(descriptor.temporalId()).isZero();
    for (int target = 0; target < 9; target++) {
      assertThat(structure.targetSpatial(target)).isEqualTo(target / 3);
      assertThat(structure.targetTemporal(target)).isEqualTo(target % 3);
      assertThat(structure.protectedBy(target)).isEqualTo(target / 3);
    }
  }

  @Test
  void laterPacketsReferToIt() {
    read(L3T3);
    read("860173");
    assertThat(descriptor.isKnown()).isTrue();
    assertThat(descriptor.start).isTrue();
    assertThat(descriptor.end).isFalse();
    assertThat(descriptor.spatialId()).isEqualTo(1);
    assertThat(descriptor.temporalId()).isZero();
    assertThat(descriptor.fdiffCount()).isEqualTo(1);
    assertThat(descriptor.fdiff(0)).isEqualTo(1);
    assertThat(descriptor.sentTargets).isEqualTo(0x1ff);
    assertThat(descriptor.indication(0)).isEqualTo(DependencyStructure.NOT_PRESENT);
    assertThat(descriptor.indication(3)).isEqualTo(DependencyStructure.SWITCH);
  }

  @Test
  void aSenderSaysWhichDecodeTargetsItStillSends() {
    read(L3T3);
    read("86017340fc");
    assertThat(descriptor.hasActiveTargets).isTrue();
    assertThat(descriptor.activeTargets).isEqualTo(0x03f);
    read("c30175");
    assertThat(descriptor.sentTargets).isEqualTo(0x03f);
  }

  @Test
  void withoutItsStructureAFrameHasANumberAndNothingElse() {
    read("860173");
    assertThat(descriptor.isPresent()).isTrue();
    assertThat(descriptor.isKnown()).isFalse();
    read(L3T3);
    read("bf0174");
    assertThat(descriptor.isPresent()).isTrue();
    assertThat(descriptor.isKnown()).as("no such template").isFalse();
  }

  @Test
  void anOlderStructureThatComesLateChangesNothing() {
    read(L3T3);
    int version = state.version;
    byte[] bytes = HexFormat.of().parseHex(L3T3);
    descriptor.read(bytes, 0, bytes.length, state, sequence - 10, true);
    assertThat(descriptor.isKnown()).isTrue();
    assertThat(state.version).isEqualTo(version);
    descriptor.read(bytes, 0, bytes.length, state, sequence + 10, false);
    assertThat(state.version).as("from a cache").isEqualTo(version);
  }

  /** What a receiver of fewer layers reads. */
  @Test
  void aReceiversDescriptorHasItsOwnNumbersAndTargets() {
    for (int head = 1; head <= 2; head++) {
      read(L3T3);
      byte[] original = HexFormat.of().parseHex(L3T3);
      byte[] element = new byte[head + original.length + DescriptorEdit.GROWTH];
      element[head - 1] = (byte) original.length;
      System.arraycopy(original, 0, element, head, original.length);
      DescriptorEdit edit = new DescriptorEdit();
      edit.set(0x1234, 20, head == 1 ? -1 : 0x03f);
      edit.apply(descriptor, element, 0, head, original.length);
      DependencyState receiver = new DependencyState();
      DependencyDescriptor got = new DependencyDescriptor();
      int length = head == 1 ? original.length : element[1] & 0xff;
      got.read(element, head, length, receiver, 1, true);
      assertThat(got.isKnown()).isTrue();
      assertThat(got.frameNumber).isEqualTo(0x1234);
      assertThat(got.templateId).isEqualTo(21);
      assertThat(got.structure.templateIdOffset).isEqualTo(20);
      assertThat(got.structure.heights).startsWith(67, 135, 270);
      assertThat(got.sentTargets).isEqualTo(head == 1 ? 0x1ff : 0x03f);
      assertThat(got.hasActiveTargets).isEqualTo(head == 2);
    }
  }

  @Test
  void aTruncatedStructureIsNone() {
    byte[] whole = HexFormat.of().parseHex(L3T3);
    for (int length = 4; length < whole.length - 1; length++) {
      DependencyState fresh = new DependencyState();
      descriptor.read(Arrays.copyOf(whole, length), 0, length, fresh, 1, true);
      assertThat(descriptor.isPresent()).as("%d octets", length).isFalse();
      assertThat(fresh.version).isZero();
    }
  }

  @Property(tries = 3000)
  void anythingGetsAVerdict(@ForAll @Size(max = 100) byte[] bytes, @ForAll boolean structured) {
    if (structured && bytes.length > 3) {
      bytes[3] |= (byte) 0x80;
    }
    descriptor.read(bytes, 0, bytes.length, state, ++sequence, true);
    if (descriptor.isKnown()) {
      for (int target = 0; target < descriptor.structure.decodeTargets; target++) {
        assertThat(descriptor.indication(target)).isBetween(0, 3);
        assertThat(descriptor.structure.protectedBy(target))
            .isLessThan(Math.max(1, descriptor.structure.chains));
      }
      for (int i = 0; i < descriptor.fdiffCount(); i++) {
        assertThat(descriptor.fdiff(i)).isPositive();
      }
      assertThat(descriptor.spatialId()).isLessThan(FrameDescription.MAX_SPATIAL_LAYERS);
    }
    if (descriptor.isPresent()) {
      byte[] element = Arrays.copyOf(new byte[2], 2 + bytes.length + DescriptorEdit.GROWTH);
      System.arraycopy(bytes, 0, element, 2, bytes.length);
      DescriptorEdit edit = new DescriptorEdit();
      edit.set(7, 9, 5);
      edit.apply(descriptor, element, 0, 2, bytes.length);
      assertThat(BigEndian.u16(element, 3)).isEqualTo(7);
    }
  }
}

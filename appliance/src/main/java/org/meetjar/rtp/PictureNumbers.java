package org.meetjar.rtp;

import org.meetjar.rtp.ProjectionSegments.Segment;

/**
 * The numbers of pictures and frames that the receiver saw last, beyond those of RTP: picture ID,
 * TL0PICIDX, and the dependency descriptor's frame number and template identifiers.
 */
final class PictureNumbers {
  private int pictureId = -1;
  private int tl0PicIdx = -1;
  private int frameNumber = -1;

  /** The identifier that a template of the next structure may have first. */
  private int nextTemplateId;

  private int lastVersion = -1;
  private int lastShift;

  /** Sets what a run has to add, so that its first frame follows the last one. */
  void continueIn(Segment segment, FrameDescription frame) {
    segment.pictureIdDelta = pictureId < 0 ? 0 : pictureId + 1 - frame.pictureId;
    segment.tl0PicIdxDelta = tl0PicIdx < 0 ? 0 : tl0PicIdx + 1 - frame.tl0PicIdx;
    DependencyDescriptor dependencies = frame.dependencies;
    segment.frameNumberDelta = 0;
    segment.templateShift = 0;
    if (dependencies.isPresent() && frameNumber >= 0) {
      segment.frameNumberDelta = frameNumber + 1 - dependencies.frameNumber;
      if (dependencies.hasStructure) {
        segment.templateShift = nextTemplateId - dependencies.structure.templateIdOffset;
      }
    }
    lastVersion = -1;
  }

  /** The receiver gets a packet of this run, ahead of all others. */
  void remember(Segment segment, FrameDescription frame) {
    if (frame.pictureId >= 0) {
      pictureId = frame.pictureId + segment.pictureIdDelta & frame.pictureIdMask;
    }
    if (frame.tl0PicIdx >= 0) {
      tl0PicIdx = frame.tl0PicIdx + segment.tl0PicIdxDelta & 0xff;
    }
    DependencyDescriptor dependencies = frame.dependencies;
    if (!dependencies.isPresent()) {
      return;
    }
    frameNumber = dependencies.frameNumber + segment.frameNumberDelta & 0xffff;
    boolean news = dependencies.version != lastVersion || segment.templateShift != lastShift;
    if (dependencies.isKnown() && news) {
      lastVersion = dependencies.version;
      lastShift = segment.templateShift;
      DependencyStructure structure = dependencies.structure;
      nextTemplateId =
          structure.templateIdOffset + structure.templates + segment.templateShift & 0x3f;
    }
  }
}

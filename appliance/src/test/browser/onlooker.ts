import { type Page, expect } from '@playwright/test'

/** Somebody before a meeting's page: what it says and shows of the meeting and of those in it. */
export class Onlooker {
  constructor(
    readonly name: string,
    readonly page: Page,
  ) {}

  state(): Promise<string> {
    return this.page.evaluate(() => (window.meetjar?.snapshot().left ? 'left' : (window.meetjar?.meeting?.state ?? 'none')))
  }

  /** Waits until the page is in the meeting. */
  async expectJoined(): Promise<void> {
    await expect.poll(() => this.state(), { message: `${this.name} joins`, intervals: [50, 100, 250] }).toBe('joined')
  }

  id(): Promise<string> {
    return this.page.evaluate(() => window.meetjar.meeting!.selfId)
  }

  /** Ids of the others, as this page sees them. */
  others(): Promise<string[]> {
    return this.page.evaluate(() => [...(window.meetjar.meeting?.participants.keys() ?? [])])
  }

  /** Waits until nobody else is in the room. */
  async alone(): Promise<void> {
    await expect.poll(() => this.others()).toEqual([])
  }

  connectionOf(id: string): Promise<string> {
    return this.page.evaluate((id) => window.meetjar.meeting!.participants.get(id)?.connection ?? 'gone', id)
  }

  handOf(id: string): Promise<number> {
    return this.page.evaluate((id) => window.meetjar.meeting!.participants.get(id)?.raisedHand ?? 0, id)
  }

  mutedAudio(id: string): Promise<boolean> {
    return this.page.evaluate(
      (id) => window.meetjar.meeting!.participants.get(id)?.sources.find((source) => source.kind === 'audio')?.muted ?? true,
      id,
    )
  }

  videoTypes(): Promise<string[]> {
    return this.page.evaluate(() =>
      [...window.meetjar.meeting!.participants.values()].flatMap((p) => p.sources.filter((s) => s.kind === 'video' && !s.muted).map((s) => s.videoType)),
    )
  }

  async liveScreens(): Promise<number> {
    return (await this.videoTypes()).filter((type) => type === 'desktop').length
  }

  async isModerator(): Promise<boolean> {
    return (await this.self()).moderator
  }

  async isMuted(): Promise<boolean> {
    return (await this.self()).muted
  }

  private self(): Promise<{ moderator: boolean; muted: boolean }> {
    return this.page.evaluate(() => window.meetjar.snapshot().self!)
  }

  /** Whether media goes directly, as the page says. */
  async expectPath(path: 'p2p' | 'bridge'): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => window.meetjar.snapshot().p2p), { message: `${this.name} on ${path}` })
      .toBe(path === 'p2p')
  }

  async watchDepartures(): Promise<void> {
    await this.page.evaluate(() => window.meetjar.meeting!.on('participant-left', ({ id }) => window.departed.push(id)))
  }

  departures(): Promise<string[]> {
    return this.page.evaluate(() => window.departed)
  }

  /** Width of the picture that the tile of this participant shows now; 0 while there is none. */
  shownWidth(id: string): Promise<number> {
    return this.page.evaluate((id) => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>(`[data-testid="tile-${id}"] video`)]
      return Math.max(0, ...videos.map((video) => video.videoWidth))
    }, id)
  }

  /** Average colour of the picture that the tile of this participant shows now; undefined while that is none, or black. */
  shownColour(id: string): Promise<number[] | undefined> {
    return this.page.evaluate((id) => {
      const video = [...document.querySelectorAll<HTMLVideoElement>(`[data-testid="tile-${id}"] video`)].find(
        (v) => v.videoWidth > 0 && v.getVideoPlaybackQuality().totalVideoFrames > 0,
      )
      if (!video) return undefined
      const canvas = new OffscreenCanvas(1, 1).getContext('2d')!
      canvas.drawImage(video, 0, 0, 1, 1)
      const colour = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
      // A picture that was counted may not have been painted yet: what is there until then is black.
      return colour.some((part) => part > 0) ? colour : undefined
    }, id)
  }

  /** What this tile shows, a participant or a screen, moves: new frames come. */
  async expectMoving(tile: string): Promise<void> {
    let last = await this.frames(tile)
    let fresh = 0
    await expect
      .poll(
        async () => {
          const now = await this.frames(tile)
          // The count starts anew when an element gets another stream.
          fresh += Math.max(0, now - last)
          last = now
          return fresh
        },
        { message: `${this.name} sees ${tile} move`, timeout: 45_000 },
      )
      .toBeGreaterThan(10)
  }

  private frames(tile: string): Promise<number> {
    return this.page.evaluate((tile) => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>(`[data-testid="tile-${tile}"] video`)]
      return videos.reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0)
    }, tile)
  }
}

/** Pictures that stand for cameras and screens: a head and shoulders in a room, or a page of text. */
export function cameraTrack(seed: number): MediaStreamTrack {
  const [canvas, paint] = surface(640, 360)
  const hue = (seed * 67) % 360
  const draw = () => {
    const sway = Math.sin(Date.now() / 1600 + seed) * 6
    const wall = paint.createLinearGradient(0, 0, 640, 360)
    wall.addColorStop(0, `hsl(${hue} 22% 62%)`)
    wall.addColorStop(1, `hsl(${(hue + 40) % 360} 26% 34%)`)
    paint.fillStyle = wall
    paint.fillRect(0, 0, 640, 360)
    paint.fillStyle = `hsl(${(hue + 180) % 360} 25% 72% / 55%)`
    paint.fillRect(60 + ((seed * 53) % 90), 40, 110, 150)
    paint.fillStyle = `hsl(${(hue + 150) % 360} 35% ${26 + ((seed * 13) % 26)}%)`
    paint.beginPath()
    paint.ellipse(320 + sway, 400, 170, 150, 0, 0, 7)
    paint.fill()
    paint.fillStyle = `hsl(${18 + ((seed * 7) % 18)} ${30 + ((seed * 11) % 25)}% ${38 + ((seed * 17) % 36)}%)`
    paint.fillRect(290 + sway, 220, 60, 60)
    paint.beginPath()
    paint.ellipse(320 + sway, 175, 68, 86, 0, 0, 7)
    paint.fill()
    paint.fillStyle = `hsl(${20 + ((seed * 29) % 30)} 35% ${12 + ((seed * 19) % 30)}%)`
    paint.beginPath()
    paint.ellipse(320 + sway, 125, 76, 56, 0, Math.PI, 0)
    paint.fill()
  }
  return running(canvas, draw)
}

export function screenTrack(): MediaStreamTrack {
  const [canvas, paint] = surface(1280, 800)
  const draw = () => {
    paint.fillStyle = '#ffffff'
    paint.fillRect(0, 0, 1280, 800)
    paint.fillStyle = '#27364d'
    paint.fillRect(0, 0, 1280, 56)
    paint.font = '600 40px sans-serif'
    paint.fillText('Quarterly plan', 80, 140)
    paint.fillStyle = '#48566b'
    for (let line = 0; line < 14; line++) paint.fillRect(80, 190 + line * 36, 480 + ((line * 173) % 560), 12)
    paint.fillStyle = '#2f6fed'
    for (let bar = 0; bar < 6; bar++) paint.fillRect(820 + bar * 60, 640 - ((bar * 97) % 260) - 80, 40, ((bar * 97) % 260) + 80)
  }
  return running(canvas, draw)
}

function surface(width: number, height: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return [canvas, canvas.getContext('2d')!]
}

function running(canvas: HTMLCanvasElement, draw: () => void): MediaStreamTrack {
  draw()
  const track = canvas.captureStream(4).getVideoTracks()[0]!
  const timer = setInterval(() => (track.readyState === 'ended' ? clearInterval(timer) : draw()), 400)
  return track
}

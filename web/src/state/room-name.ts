const qualities =
  'Amber Ancient Autumn Blue Brave Bright Bronze Calm Careful Cheerful Clear Clever Cloudy Copper Coral Cosy Crimson Curious Daring Deep Distant Eager Early Easy Electric Emerald Evening Faithful Famous Fancy Feathered Fearless Friendly Frosty Gentle Giant Gifted Glad Golden Graceful Grand Happy Helpful Hidden Honest Humble Indigo Ivory Jolly Joyful Kind Lively Lone Loyal Lucky Lunar Magic Mellow Merry Mighty Misty Modest Morning Musical Noble Nimble Northern Olive Patient Peaceful Playful Polite Proud Purple Quick Quiet Rapid Royal Rusty Scarlet Secret Shiny Silent Silver Sleepy Smiling Smooth Snowy Solar Spotted Steady Stormy Striped Summer Sunny Swift Tender Thankful Tidy Tiny Velvet Violet Wandering Warm Wild Winter Wise Witty Wooden Young'
    .split(' ')
const beings =
  'Acrobats Artists Astronauts Badgers Bakers Beavers Bees Bisons Boats Bridges Brooks Butterflies Camels Canoes Castles Cats Clocks Clouds Comets Cranes Crickets Dancers Deer Dolphins Doves Dragons Ducks Eagles Elephants Falcons Farmers Ferns Finches Fireflies Forests Foxes Frogs Galaxies Gardens Gardeners Geese Giraffes Goats Harbors Hares Hawks Hedgehogs Herons Horses Islands Jaguars Jugglers Kites Koalas Lakes Lanterns Larks Lemons Lions Lizards Llamas Maples Meadows Moles Mountains Neighbors Oaks Orchids Otters Owls Pandas Parrots Pelicans Penguins Pianos Pilots Planets Poets Ponies Rabbits Ravens Rivers Robins Rockets Sailors Seals Sparrows Squirrels Starlings Storks Swallows Swans Tigers Trains Trees Turtles Violins Walruses Whales Willows Windmills Wolves Wombats Wrens Zebras'
    .split(' ')
const deeds =
  'Answer Arrive Bake Balance Begin Borrow Bounce Build Carve Celebrate Chatter Climb Collect Compose Cook Count Dance Dash Decide Deliver Discover Dive Doodle Draw Dream Drift Explore Float Fly Follow Gallop Gather Giggle Glide Glow Hike Hum Imagine Invent Juggle Jump Knit Laugh Learn Listen March Meet Mend Paint Plant Play Ponder Practice Read Rest Return Rhyme Roam Row Run Sail Search Shine Sing Skate Sketch Ski Sleep Smile Soar Sparkle Spin Stroll Study Surf Sway Swim Swing Talk Tinker Travel Twirl Visit Vote Wait Walk Waltz Wander Wave Weave Whisper Whistle Wonder Work Write Yodel'
    .split(' ')
const manners =
  'Abroad Again Ahead Alike Aloud Apart Around Ashore Away Barefoot Boldly Brightly Briskly Calmly Carefully Cheerfully Closely Daily Deeply Downhill Early Eagerly Easily Elsewhere Everywhere Fairly Faster Fondly Freely Gently Gladly Gracefully Happily Heartily Higher Indoors Inland Kindly Lately Lightly Loudly Merrily Nearby Neatly Nightly Often Onward Openly Outdoors Overseas Patiently Politely Promptly Proudly Quickly Quietly Seldom Sideways Silently Slowly Smoothly Softly Someday Soon Steadily Swiftly Tenderly Together Tomorrow Tonight Twice Uphill Upstairs Upstream Warmly Weekly Wildly Wisely Yearly'
    .split(' ')

/** Fills an array with random numbers, as `crypto.getRandomValues` does. */
export type FillRandom = (values: Uint32Array<ArrayBuffer>) => void

/**
 * A name that can be read out over a telephone and not be guessed: about 26 bits, such as `QuietOttersSailTogether`.
 */
export function generateRoomName(fillRandom: FillRandom = (values) => void crypto.getRandomValues(values)): string {
  const random = new Uint32Array(4)
  fillRandom(random)
  return [qualities, beings, deeds, manners].map((words, i) => words[(random[i] ?? 0) % words.length]).join('')
}

/** How many different names there are, as a power of two. */
export const roomNameBits = [qualities, beings, deeds, manners].reduce((bits, words) => bits + Math.log2(words.length), 0)

/** Names that strangers try: short, a single plain word, or only digits. */
export function isEasyToGuess(name: string): boolean {
  const trimmed = name.trim()
  return trimmed.length > 0 && (trimmed.length < 10 || /^\d+$/.test(trimmed)) && !/[0-9].*[a-z].*[0-9]/i.test(trimmed)
}

/** The characters that stock clients drop from a room's address. */
const dropped = /[:?#[\]@!$&'()*+,;=><"/\\]/g

/** The path segment for what somebody typed as a meeting's name; empty when nothing is left. */
export function roomSegment(typed: string): string {
  const name = typed.trim().replace(dropped, '').replace(/\s+/g, '-').normalize('NFKC').slice(0, 100)
  return /^\.*$/.test(name) ? '' : encodeURIComponent(name)
}

/** The room that a page's path names, as it stands there; the empty string for the welcome page. */
export function roomFromPath(path: string): string {
  return path.split('/').filter(Boolean).at(-1) ?? ''
}

/** A room's name for reading: `QuietOtters` becomes `Quiet Otters`. */
export function readableRoomName(segment: string): string {
  let name = segment
  try {
    name = decodeURIComponent(segment)
  } catch {
    // Not well encoded: show it as it stands.
  }
  return name
    .replace(/[-_]+/g, ' ')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .trim()
}

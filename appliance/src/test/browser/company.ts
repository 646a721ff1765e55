import type { TestInfo } from '@playwright/test'
import type { PersonOptions } from './browser.js'
import { Person } from './person.js'

/** Where a company meets. */
interface Place {
  /** Of its page. */
  readonly url: string
  /** What it has to say for itself when a test has failed. */
  log?(): string
}

/** The people of a test, each at a browser of their own, from their coming to their going. */
export class Company {
  readonly people: Person[] = []

  /** @param place asked when somebody comes, since the appliance of a spec is started after the company is made */
  constructor(private readonly place: () => Place) {}

  /** Somebody opens a browser and goes to a room, and need not get in. */
  async open(name: string, room: string, options: PersonOptions = {}, base = this.place().url): Promise<Person> {
    const person = await Person.open(name, base, room, options)
    this.people.push(person)
    return person
  }

  /** Somebody joins a room. */
  async join(name: string, room: string, options: PersonOptions = {}, base = this.place().url): Promise<Person> {
    const person = await this.open(name, room, options, base)
    await person.expectJoined()
    return person
  }

  /** For a failed test: what everybody saw, and what the appliance said. */
  async describe(info: TestInfo): Promise<void> {
    if (info.status === info.expectedStatus) return
    for (const person of this.people) await person.describe(info)
    const log = this.place().log?.()
    if (log !== undefined) await info.attach('appliance.log', { body: log })
  }

  /** All browsers are closed. */
  async disband(): Promise<void> {
    await Promise.all(this.people.splice(0).map((person) => person.close()))
  }
}

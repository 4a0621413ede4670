import type { PacemailHandlers } from '#shared/contract/index'
import type { Engine } from '../engine/engine.ts'
import { addSamples } from '../engine/samples.ts'
import { whatIfView } from './plans.ts'

export function createAppApi(engine: Engine): PacemailHandlers['app'] {
  const { rooms } = engine
  return {
    status: () => rooms.app.status(),
    pause({ until }) {
      rooms.app.pause(until)
      return rooms.app.status()
    },
    resume() {
      rooms.app.resume()
      return rooms.app.status()
    },
    async takeOver() {
      await engine.takeOver()
      return rooms.app.status()
    },
    async addSamples() {
      await addSamples(rooms)
      return rooms.app.status()
    },
    absences: () => [...rooms.away.list()],
    saveAbsences: ({ absences }) => [...rooms.away.save(absences)],
    whatIfAway: ({ absences }) => whatIfView(rooms.whatIfs.absences(absences)),
    updates: () => ({ isOn: rooms.updates.isOn() }),
    saveUpdates({ isOn }) {
      rooms.updates.save(isOn)
      return { isOn }
    },
    loginItem: () => ({ isOn: engine.loginItem?.isOn() ?? false }),
    saveLoginItem({ isOn }) {
      engine.loginItem?.set(isOn)
      return { isOn: engine.loginItem?.isOn() ?? false }
    },
    async openFolder({ folder }) {
      await engine.openFolder(folder)
      return {}
    },
  }
}

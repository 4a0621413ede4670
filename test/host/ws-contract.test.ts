import { describeHost } from './host-contract.ts'
import { connect, openWebHost, pageOver, sessionOf } from './ws-page.ts'

describeHost({
  name: 'the web host',
  async open(app) {
    const web = await openWebHost(app)
    const session = await sessionOf(web)
    return {
      page: async () => pageOver(await connect(web, session.cookie), session.token),
      close: async () => web[Symbol.asyncDispose](),
    }
  },
})

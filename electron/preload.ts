import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { FROM_HOST, TO_HOST, type Bridge, type FromHost } from '#shared/contract/wire'

let listener: ((frame: FromHost) => void) | null = null

// The event object never reaches the page: it would hand out the sender and with it all of IPC.
ipcRenderer.on(FROM_HOST, (_event: IpcRendererEvent, frame: FromHost) => listener?.(frame))

const bridge: Bridge = {
  send: (frame) => ipcRenderer.send(TO_HOST, frame),
  onMessage: (next) => {
    listener = next
  },
}

contextBridge.exposeInMainWorld('pacemail', bridge)

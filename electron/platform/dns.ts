/** Asks the name servers of this machine. Only ever about a sender's own domain. */
export interface Dns {
  /** The TXT records of a name, each as one text; none where the name or such records do not exist. Throws when nobody could tell. */
  txt(name: string): Promise<readonly string[]>
}

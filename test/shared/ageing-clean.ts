/** Sentences of real-looking mail that stay true, however long they wait; many speak of days, months and hours. */
export const CLEAN_SENTENCES: readonly string[] = `
I hope this finds you well.
I came across your company while reading about logistics in Rotterdam.
Most operations teams we talk to lose half a day a week to manual reports.
We are open Monday to Friday, 9 to 17.
Our support answers within 3 days, usually within 3 hours.
You would be up and running in 14 days.
Every Monday your team gets a one-page summary.
The report is ready each Friday at noon.
Your Monday stand-up could take ten minutes instead of forty.
We integrate with monday.com, Asana and Trello.
On Mondays we see twice as many tickets.
Your Black Friday traffic was impressive.
How did Cyber Monday go for your shop?
Companies today expect an answer within the hour.
In today's market nobody waits for a quote.
We help the leaders of tomorrow.
Your team gets ready for tomorrow without hiring.
I may be wrong, but it seems you are hiring.
We have worked with bakeries since 2019.
They cut their reporting time by 3.5 hours.
Version 2.10 added single sign-on.
It runs 24/7 and costs less than a coffee a day.
9/10 customers stay after the trial.
About 3/4 of teams your size still use spreadsheets.
We grew from 12 to 40 people last spring.
At the end of the month, your controllers probably spend days on closing.
Every report is done by the end of the month.
Month-end closing takes most teams four days.
Every month-end the same spreadsheet comes back.
Over the last month we looked at twenty similar firms.
In the past year we have helped forty breweries.
The next month or two will show whether it works.
It would take you five minutes a week.
The sat nav of your drivers could tell you more.
We march to the beat of our own drum.
You may 5x your replies.
I read your post about hiring in August and liked it.
We met on 12 March 2019 at the fair in Hanover.
Founded on 3 May 1987, your company has seen a lot.
The contract from 14.02.2020 is a good example.
Is this something you would like to look at?
Would a short call be worth it?
Who on your team looks after procurement?
If now is not the right time, just say so.
Happy to send a two-minute video instead.
No worries if not.
Should I talk to somebody else about this?
Best regards
Thanks for reading this far.
I noticed that you are hiring two account executives.
Congratulations on the funding round!
Our customers save a day each week.
The setup takes one morning.
A quiet Friday afternoon is enough to try it.
It is like a Sunday in the park.
Good Friday is our only day of downtime.
You can cancel any day of the year.
Your drivers start at 6:30 and come back at 15:00.
A year ago they were where you are now.
Two years ago we built the first version for ourselves.
Ten years ago nobody measured this.
I have followed your work for some months.
They were live within a week.
The weekend shifts are the hardest to plan.
Weekend traffic makes up a third of your orders.
Do you plan shifts for the weekend by hand?
Week after week the same question comes in.
Could you point me in the right direction?
It may be too early for you.
May I send you a short example?
March of progress aside, it simply works.
We sell in the US, the UK and Ireland.
Let me know and I will send over the details.
Our free plan never expires.
The first 30 days cost nothing.
We do not lock you in for a year.
Half of the second half is where deals die.
Your seasonal business has its peak in December.
In summer your fleet doubles.
Christmas campaigns are where most shops need help.
Holiday planning for forty drivers is no fun.
Do you celebrate with your team at the end of the year?
The Sunday Times wrote about you.
Mr Friday from your Leeds office sent me your way.
Our newsletter goes out on the first Monday of each month.
A typical Tuesday for your dispatcher starts with forty calls.
I am writing to you because your team is growing.
I will not keep writing if this is not for you.
I saw the job ad for a planner on your site.
Just following up on my note about the shift plans.
Did you have a chance to look at my last mail?
I wrote to you about your warehouse in Leeds.
Shall I close the file?
Is it a bad time?
If you want, I can show it to you in ten minutes.
Do you usually plan on Thursdays or Fridays?
Invoices leave every Friday, so cash arrives sooner.
All prices are per month.
The annual plan is two months cheaper.
We answer by the next working day.
You pay at the end of the quarter in which you used it.
Ich hoffe, es geht Ihnen gut.
Guten Morgen Frau Sonntag,
Guten Tag Herr Freitag,
Morgen, Herr Müller!
Wir sind Montag bis Freitag von 9 bis 17 Uhr für Sie da.
Montags kommen die meisten Anfragen.
Jeden Freitag erhalten Sie einen Bericht.
Am Morgen sehen Sie, was in der Nacht passiert ist.
Die Technik von morgen beginnt mit einer Tabelle.
Heute arbeiten die meisten Betriebe noch mit Excel.
Bis heute haben uns 200 Betriebe vertraut.
Heute und morgen zählt, wer schnell antwortet.
Wir sind von gestern? Nein, seit 2019 am Markt.
Das spart Ihrem Team einen Tag pro Woche.
In der Woche kommen so leicht fünf Stunden zusammen.
Am Ende des Monats wird es in der Buchhaltung eng.
Zum Monatsende schließen Sie vermutlich von Hand ab.
Am Monatsende sitzt Ihr Team oft bis spät.
In den letzten Monaten haben wir viel gelernt.
Vor zwei Jahren standen unsere Kunden am selben Punkt.
Die Einrichtung dauert 2 bis 3 Tage.
Version 3.5 ist schneller.
3.5 % weniger Ausschuss sind bei Ihnen viel Geld.
Rund 3/4 der Betriebe planen auf Papier.
Wir haben uns am 12. März 2019 auf der Messe getroffen.
Seit dem 1. Januar 2020 gilt die neue Verordnung.
Haben Sie kurz Zeit für ein Gespräch?
Wer kümmert sich bei Ihnen um den Einkauf?
Falls nicht, ist das auch kein Problem.
Ich schreibe Ihnen wegen Ihrer Stellenanzeige.
Ein freier Freitag klingt gut, oder?
Ein ganz normaler Montag in Ihrer Disposition beginnt mit vierzig Anrufen.
Der Freitag ist bei vielen der ruhigste Tag.
Ihre Wochenendschichten sind schwer zu planen.
Am Wochenende ruht bei Ihnen der Verkehr.
Weihnachten ist bei Ihnen Hochsaison.
Im Sommer verdoppelt sich Ihre Flotte.
Das Freitagsseminar ist ausgebucht.
Melden Sie sich einfach, wenn es passt.
Die ersten 30 Tage sind kostenlos.
Sie können jederzeit zum Ende des Jahres kündigen.
Das Angebot ist unverbindlich.
Einmal im Jahr prüfen wir alles gemeinsam.
Viele Grüße
Hier ein kurzes Beispiel aus Ihrer Branche.
Hier sehen Sie, wie es bei der Bäckerei lief.
Nächste Schritte finden Sie unten.
Auf der letzten Seite steht der Preis.
J'espère que vous allez bien.
Nous sommes ouverts du lundi au vendredi.
Le lundi, vos équipes passent deux heures sur les rapports.
Chaque vendredi, vous recevez un résumé.
Tous les lundis, le même tableau revient.
Le monde de demain se prépare avec des outils simples.
Aujourd'hui, la plupart des équipes utilisent encore Excel.
Il y a dix ans, personne ne mesurait cela.
Nous travaillons avec des boulangeries depuis 2019.
À la fin du mois, vos équipes passent des jours sur la clôture.
La mise en place prend trois jours.
Le contrat du 14 février 2020 en est un bon exemple.
Cela vous intéresse-t-il ?
Qui s'occupe des achats chez vous ?
Si ce n'est pas le bon moment, dites-le moi.
Vous gagnez une journée par semaine.
Une semaine suffit pour essayer.
Les 30 premiers jours sont gratuits.
Un vendredi tranquille suffit pour essayer.
Madame Dimanche m'a parlé de vous.
Bien cordialement
Je vous écris au sujet de votre annonce.
Votre saison commence en décembre.
Le week-end, vos clients commandent deux fois plus.
Noël est votre haute saison.
Pendant les trois derniers mois nous avons beaucoup appris.
Espero que esté bien.
Abrimos de lunes a viernes.
Los lunes llegan la mayoría de los pedidos.
Cada viernes recibirá un resumen.
Todos los martes se repite la misma tabla.
Por la mañana verá lo que pasó en la noche.
Las empresas de mañana empiezan con herramientas sencillas.
Hoy en día nadie espera una semana por una respuesta.
Trabajamos con panaderías desde 2019.
Hace dos años nuestros clientes estaban en el mismo punto.
La instalación dura tres días.
El contrato del 14 de febrero de 2020 es un buen ejemplo.
¿Quién se encarga de las compras?
Si no es el momento, dígamelo.
Ahorra un día por semana.
Los primeros 30 días son gratis.
El fin de semana sus clientes piden el doble.
La Navidad es su temporada alta.
Un saludo
Señor Domingo, le escribo por su anuncio.
Ik hoop dat het goed met u gaat.
Goedemorgen mevrouw De Vries,
Goede morgen meneer Zondag,
We zijn open van maandag tot en met vrijdag.
Elke maandag krijgt uw team een overzicht.
In de morgen ziet u wat er 's nachts gebeurd is.
De wereld van morgen begint met eenvoudige hulpmiddelen.
Vandaag de dag wacht niemand op een offerte.
We werken sinds 2019 met bakkerijen.
Twee jaar geleden stonden onze klanten op hetzelfde punt.
Aan het eind van de maand is het druk bij de administratie.
De installatie duurt drie dagen.
Het contract van 14 februari 2020 is een goed voorbeeld.
Wie regelt bij u de inkoop?
Als het niet uitkomt, laat het gerust weten.
U bespaart een dag per week.
De eerste 30 dagen zijn gratis.
In het weekend bestellen uw klanten het dubbele.
Kerst is bij u het drukste seizoen.
Met vriendelijke groet
Most of our clients see results in the first week.
I'd love to hear how you handle overtime at the moment.
Your team seems to grow by two people every month.
It only takes a Tuesday lunch break to set it up.
Saturday deliveries are a pain for most shops.
We run a free workshop on the last Thursday of every month.
Do your people work Saturdays?
Our busiest day is Wednesday.
Nobody likes Monday mornings in accounting.
The last two quarters were good for your sector.
There is a 5/10 chance that this is not for you.
I had the same problem a few years ago.
Could a weekly call make sense?
What would you do with an extra day per week?
Your Q3 report mentions rising transport costs.
Sunday opening has changed the rota for many shops.
Our office is closed on weekends.
The May edition of your magazine was great.
In the morning, your planners open four spreadsheets.
They switched in a single weekend.
Deadlines do not wait until tomorrow, and neither do we.
Your competitor moved in March 2024.
Let me know what you think.
We can start any Monday you like.
Wir melden uns innerhalb von 24 Stunden.
Am liebsten zeige ich es Ihnen kurz am Telefon.
Der Montagmorgen ist in der Buchhaltung am schlimmsten.
Viele Kunden sparen schon im ersten Monat.
Samstags liefern Sie auch, habe ich gesehen.
Das lohnt sich ab der ersten Woche.
Im nächsten Schritt schauen wir auf Ihre Zahlen.
Ihr Stand auf der Messe im März 2024 war gut besucht.
Die Arbeit am Sonntag ist bei Ihnen üblich?
Sonntag ist Ruhetag.
Was würden Sie mit einem Tag mehr pro Woche machen?
Beaucoup de clients gagnent du temps dès le premier mois.
Le dimanche matin, vos magasins sont pleins.
Vos livraisons du samedi posent-elles problème ?
La semaine de quatre jours est un sujet chez vous ?
En mars 2024 vous avez ouvert un deuxième site.
Le mardi est votre jour le plus calme.
Muchos clientes ahorran desde el primer mes.
Los sábados sus tiendas están llenas.
En marzo de 2024 abrieron otra sede.
El domingo es día de descanso.
Veel klanten besparen al in de eerste maand.
Op zaterdag zijn uw winkels vol.
Op zondag bent u gesloten, zag ik.
In maart 2024 opende u een tweede vestiging.
I read that your plant in Ghent now runs three shifts.
A dispatcher told me they plan Thursday's tours on Wednesday night.
Tuesday is the new Monday, they say.
Our trial has no end date.
Would you be open to a call?
You ship within two days; your rivals take five.
What happens on the first day of the month in your office?
Payroll runs on the 25th.
They closed their books in 3 days instead of 9.
Half of your 1,200 reviews mention waiting times.
If Friday deployments scare you, this may help.
Your team of 12 wrote 40 offers in May.
I promise this is my last mail.
One hour a week is all it takes.
Since Monday-morning reports are manual, errors creep in.
We tested it between 9 and 11 in the morning.
The last mile is the most expensive one.
A day has 24 hours, your buyers have 8.
Sie suchen seit Monaten eine Fachkraft für die Disposition.
Freitags um 14 Uhr ist bei vielen schon Schluss.
Am ersten Montag im Monat ist bei Ihnen Tag der offenen Tür.
Die Lohnabrechnung läuft am 25.
Wie lange dauert bei Ihnen ein Angebot?
Unsere Kunden brauchen dafür einen Tag statt einer Woche.
Das ist meine letzte Mail zu dem Thema.
Combien de temps vous prend un devis ?
Vos équipes du matin commencent à 6 h.
Ceci est mon dernier message.
Una demostración dura veinte minutos.
Hoe lang duurt een offerte bij u?
Uw ochtendploeg begint om 6 uur.
`
  .trim()
  .split('\n')

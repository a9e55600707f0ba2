import type { Area } from "../message.ts";
import type { TEXTS as English } from "../en/texts.ts";

export const TEXTS: Area<typeof English> = {
  "returns.description": "Was die Lieferung kostet, wann sie kommt und wie Sie etwas zurückgeben.",
  "returns.lead":
    "Sie sehen den Tag der Ankunft und die Lieferkosten, bevor Sie bezahlen. Danach kommt nichts mehr hinzu.",
  "returns.when": "Wann es kommt",
  "returns.when_text":
    "Wir nennen Tage, keine Geschwindigkeiten. Der Warenkorb zeigt, an welchen Tagen ein Paket Ihr Land erreichen kann; die Bestellseite folgt ihm von unserem Tisch bis zu Ihrer Tür.",
  "returns.cost": "Was es kostet",
  "returns.cost_text":
    "Jede Lieferart hat einen Preis je Bestellung, wie viele Stücke Sie auch wählen, und ist frei ab dem Betrag, den der Warenkorb nennt. Kommt Ihre Bestellung in mehreren Paketen, bezahlen Sie die Lieferung einmal.",
  "returns.packed": "Wie wir packen",
  "returns.packed_text":
    "Drucke liegen bis A3 flach zwischen Pappen, größere reisen gerollt. Fliesen stehen hochkant in Papierwolle. Stoffe und Hefte kommen in schlichtem Karton.",
  "returns.back": "Etwas zurückgeben",
  "returns.back_text":
    "Sie haben 30 Tage ab der Ankunft. Der Rückversand ist frei. Das Formular steht auf der Bestellseite; das Geld geht denselben Weg zurück, binnen 5 Werktagen, nachdem das Paket bei uns ist.",
  "returns.broken": "Wenn etwas zerbrochen ist",
  "returns.broken_text":
    "Heben Sie die Verpackung auf, machen Sie ein Bild und antworten Sie auf die Mail, die Ihre Bestellung bestätigt hat. Wir schicken Ersatz oder geben das Geld zurück, wie Sie möchten.",
  "about.description": "Muster aus einer Regel und einer Zahl, auf Papier, Stoff und Ton.",
  "about.heading": "Eine Regel, eine Zahl, ein Blatt",
  "about.lead": "Jedes Muster in diesem Laden zeichnet eine kurze Regel, begonnen mit einer Zahl.",
  "about.rule":
    "Eine Regel sagt, was neben was stehen darf: ein Viertelkreis dreht sich, eine Linie trifft eine Linie, eine Farbe hält Abstand. Mit der Zahl beginnt die Zeichnung. Dieselbe Regel und dieselbe Zahl ergeben immer dasselbe Blatt, darum nennt jedes Produkt beide.",
  "about.make": "Was wir machen",
  "about.make_text":
    "Drucke auf Baumwollpapier, Stoffe für Tisch und Küche, Fliesen im Satz, Hefte, die flach aufliegen. Vier Arten von Dingen, und die möglichst gut.",
  "about.not": "Was wir nicht machen",
  "about.not_text":
    "Keine Countdowns, keine erfundene Knappheit, keine Nachrichten, um die Sie nicht gebeten haben. Preise enthalten die Mehrwertsteuer. Was auf Lager ist, ist auf Lager.",
};

import type { Area } from "../message.ts";
import type { TEXTS as English } from "../en/texts.ts";

export const TEXTS: Area<typeof English> = {
  "returns.description": "Ce que coûte la livraison, quand elle arrive, et comment renvoyer un article.",
  "returns.lead":
    "Vous voyez le jour d’arrivée et le prix de la livraison avant de payer. Rien ne s’ajoute ensuite.",
  "returns.when": "Quand elle arrive",
  "returns.when_text":
    "Nous disons des dates, pas des vitesses. Le panier montre les jours où un colis peut atteindre votre pays ; la page de commande le suit de notre table à votre porte.",
  "returns.cost": "Ce qu’elle coûte",
  "returns.cost_text":
    "Chaque mode de livraison a un prix par commande, quel que soit le nombre de pièces, et devient gratuit à partir du montant indiqué dans le panier. Si votre commande part en plusieurs colis, vous payez la livraison une seule fois.",
  "returns.packed": "Comment nous emballons",
  "returns.packed_text":
    "Jusqu’au A3, les affiches voyagent à plat entre deux cartons ; au-delà, roulées. Les carreaux sont debout dans de la laine de papier. Tissus et carnets arrivent dans un carton simple.",
  "returns.back": "Renvoyer un article",
  "returns.back_text":
    "Vous avez 30 jours à compter de l’arrivée. Le port du retour est offert. Le formulaire est sur la page de commande ; l’argent revient par le même chemin, sous 5 jours ouvrés après réception du colis.",
  "returns.broken": "Si quelque chose est cassé",
  "returns.broken_text":
    "Gardez l’emballage, prenez une photo et répondez à l’e-mail qui a confirmé votre commande. Nous renvoyons l’article ou rendons l’argent, comme vous préférez.",
  "about.description": "Des motifs nés d’une règle et d’un nombre, sur papier, tissu et terre cuite.",
  "about.heading": "Une règle, un nombre, une feuille",
  "about.lead": "Chaque motif de cette boutique est dessiné par une règle courte et commence par un nombre.",
  "about.rule":
    "Une règle dit ce qui peut se trouver à côté de quoi : un quart de cercle tourne, une ligne rejoint une ligne, une couleur garde ses distances. Le nombre commence le dessin. La même règle et le même nombre donnent toujours la même feuille, c’est pourquoi chaque produit les indique tous deux.",
  "about.make": "Ce que nous faisons",
  "about.make_text":
    "Des affiches sur papier coton, des tissus pour la table et la cuisine, des carreaux par lots, des carnets qui s’ouvrent à plat. Quatre sortes de choses, que nous essayons de bien faire.",
  "about.not": "Ce que nous ne faisons pas",
  "about.not_text":
    "Pas de compte à rebours, pas de fausse rareté, pas de messages que vous n’avez pas demandés. Les prix comprennent la TVA. Ce qui est en stock est en stock.",
};

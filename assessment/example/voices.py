"""What people wrote in the open questions: facts of a working year, written for this example, about nobody.

Each text stands below a line that says who could have written it: wave, role, and a service where it needs one. The
generator gives it to a respondent of that kind.
"""

from collections.abc import Iterator, Sequence

from assessment.example.chance import Chance
from assessment.example.people import Person
from assessment.framework.model import Framework

VOICES = {
    "verbatim_strength": """
2025 agent mediatheque
On a monté le coin lecture avec les animateurs du périscolaire, chacun a appris le métier de l'autre.

2025 agent ccas
Le point du lundi matin avec l'accueil : dix minutes, et on arrête de renvoyer les gens d'un guichet à l'autre.

2025 manager ecoles
La visite des cuisines avec les équipes du midi, tout le monde a compris pourquoi les horaires coincent.

2025 agent espaces_verts
On a planté avec les enfants de l'école, ils viennent nous dire quand un arbre a soif.

2025 elected
La commission a reçu deux agents de terrain avant le vote du marché, nos questions ont changé.

2025 agent voirie
Le tutorat pour les nouveaux sur la balayeuse. Avant on apprenait tout seul.

2025 executive
Nous avons ouvert la revue de projets aux chefs d'équipe une fois par trimestre.

2026 agent mediatheque
Les réunions de bilan après chaque animation, on note ce qui a plu et ce qu'on refera.

2026 agent ccas
Après la canicule on s'est retrouvés avec les services et les bénévoles pour relire ce qu'on avait fait.

2026 agent ecoles
Le cahier partagé entre l'école et le périscolaire. On sait ce qui s'est passé dans la journée.

2026 manager sports
Le plan des équipements a été écrit avec les clubs et une partie des agents, ceux-là le défendent.

2026 agent accueil
Une demi-journée passée à l'urbanisme pour comprendre les dossiers, maintenant je sais quoi demander aux gens.

2026 elected
La visite de deux chantiers avec les équipes, on a vu ce que coûte une décision prise trop vite.

2026 elected
Le budget expliqué en séance ouverte avec des exemples. Plus de questions, moins de rumeurs.

2026 executive
Les bilans avec ceux qui étaient sur le terrain, on y apprend plus que dans les tableaux.

2026 agent espaces_verts
L'essai de fauchage tardif a été décidé en équipe et on compte les résultats nous-mêmes.

2026 partner
Les services ont partagé leur calendrier avec nous dès janvier, cela a évité deux contretemps.

2026 partner
Une réunion de préparation sur place, avec les agents qui allaient faire, et non seulement les cadres.

2026 agent urbanisme
La carte commune des projets affichée dans le couloir, les collègues viennent la compléter.

2026 agent finances
On a expliqué les seuils d'achat aux équipes avec leurs propres factures, les bons arrivent complets.
""",
    "verbatim_obstacle": """
2025 agent voirie
On apprend les travaux le matin même, impossible de prévenir les riverains.

2025 agent batiments
Trois services demandent la même salle et personne ne voit le planning des autres.

2025 agent ecoles
Les consignes changent en cours d'année et on ne sait pas pourquoi.

2025 manager voirie
Le réseau d'eau a été ouvert six semaines après la réfection du trottoir.

2025 agent petite_enfance
Plus de remplaçants depuis l'automne, on annule les temps d'équipe pour tenir les sections.

2025 agent petite_enfance
Les formations sont reportées chaque fois qu'il manque quelqu'un.

2025 elected
Les notes des services arrivent la veille de la commission, on valide sans avoir lu.

2025 agent accueil
Le nouveau formulaire est arrivé sans qu'on nous demande, les gens le rapportent à moitié rempli.

2025 agent
Il faut quatre signatures pour un achat de trente euros.

2025 manager
On passe d'une priorité à l'autre, aucun essai ne va jusqu'au bilan.

2026 agent voirie
Chacun a son logiciel de demandes, la même panne est signalée trois fois et personne ne la prend.

2026 agent voirie
On refait le même nid-de-poule tous les hivers, on n'a jamais cherché d'où venait l'eau.

2026 agent batiments
Les écoles commandent des travaux pour la rentrée en juillet, on ne peut plus rien préparer.

2026 agent batiments
On n'est pas invités quand le projet se dessine, seulement quand ça fuit.

2026 manager batiments
Le chauffage a été réglé pour économiser, les plaintes ont doublé et on a racheté des radiateurs.

2026 agent petite_enfance
Plus de réunion d'équipe depuis janvier, on tient les sections et c'est tout.

2026 agent petite_enfance
On a déjà donné nos idées deux fois. Rien n'est revenu, alors on ne demande plus grand-chose.

2026 agent petite_enfance
Le planning change la veille pour le lendemain, on ne peut rien essayer.

2026 manager petite_enfance
Je passe mes journées à chercher des remplacements, le projet de service attend depuis un an.

2026 agent sports
Le plan a été fait avec une partie du service, nous on l'a découvert imprimé.

2026 agent ecoles
Deux outils pour inscrire les enfants, les listes ne sont jamais les mêmes.

2026 elected
Nous changeons de dispositif avant d'avoir regardé ce que donnait le précédent.

2026 elected
Le calendrier des subventions nous oblige à décider en quinze jours.

2026 executive
Les urgences remontent toutes à la direction, nous tranchons et le problème revient ailleurs.

2026 manager finances
Les demandes de budget arrivent séparées, personne ne voit que deux services achètent la même chose.

2026 manager
Le groupe de travail repose toujours sur les mêmes volontaires, leur charge n'a pas été allégée.

2026 partner
Nous avons eu trois interlocuteurs en un an pour la même convention.

2026 agent
Quand l'arbitrage vient d'en haut dans la journée on arrête de préparer, à quoi bon.
""",
    "verbatim_next_step": """
2025 agent mediatheque
Ouvrir la réunion de programmation à un collègue d'un autre service, à la prochaine saison.

2025 agent voirie
Un tableau des chantiers des trois mois à venir, affiché au centre technique et mis à jour le vendredi.

2025 manager ccas
Une heure de retour après chaque plan grand froid, avec la voirie et les bénévoles.

2025 elected
Recevoir en commission un agent qui explique son travail, une fois par trimestre.

2025 agent ecoles
Faire le point avec les parents délégués avant les vacances d'automne, pas après.

2026 agent voirie
Appeler le syndicat des eaux avant chaque réfection, dès le chantier de la rue qui suit.

2026 agent espaces_verts
Passer une matinée avec la voirie avant la tournée d'automne pour caler les passages.

2026 agent batiments
Une visite commune des écoles en mars pour lister les travaux d'été avec ceux qui y travaillent.

2026 agent petite_enfance
Une heure sans enfants par mois, inscrite au planning, pour parler du travail.

2026 agent petite_enfance
Remplacer d'abord les absences de plus d'une semaine.

2026 agent sports
Refaire une lecture du plan des équipements avec les deux sites, à la réunion de rentrée.

2026 manager ecoles
Essayer un seul outil d'inscription sur deux écoles avant la rentrée.

2026 agent ccas
Tenir une permanence commune avec l'accueil le mercredi, pendant un trimestre, et compter.

2026 agent accueil
Tester le formulaire avec cinq usagers avant de l'imprimer.

2026 elected
Six mois après chaque délibération importante, une page sur ce qu'elle a changé.

2026 executive
Poser un jour fixe où l'on prépare ensemble les chantiers du trimestre, sans arbitrage.

2026 manager urbanisme
Mettre au dossier des grands projets une page sur les effets pour les autres services.

2026 agent
Alléger d'une demi-journée ceux qui entrent dans un groupe de travail, à partir du prochain.

2026 agent finances
Montrer à chaque équipe ses dépenses du trimestre et la laisser choisir une économie.

2026 partner
Une réunion commune avant l'été pour poser nos calendriers côte à côte.
""",
    "verbatim_event": """
2025 agent ccas
Pendant la coupure de courant la moitié des fiches n'était pas à jour. On les relit maintenant deux fois par an.

2025 manager espaces_verts
Un arbre tombé sur une clôture. Le bilan a montré que le signalement dormait dans une boîte commune, on l'a supprimée.

2025 agent accueil
File d'attente jusque dehors pour les passeports. On a ouvert le rendez-vous du soir, moins d'une heure d'attente.

2025 agent
Un dégât des eaux à l'école. On a réparé, on n'en a plus parlé et c'est revenu au printemps.

2026 agent mediatheque
Un atelier sans public. On a demandé pourquoi aux familles et déplacé l'horaire, c'est complet depuis.

2026 manager voirie
Neige un samedi. Le bilan a réuni agents, astreinte et élus de permanence, le circuit des écoles passe en premier.

2026 agent ccas
Canicule de juillet : vingt personnes jamais appelées. La liste est maintenant croisée avec celle du portage de repas.

2026 agent ecoles
Une sortie annulée faute de car. Depuis, la réservation se fait avec les sports et on partage les trajets.

2026 agent batiments
Panne de chaudière, deuxième année. On a fait venir ceux qui utilisent la salle, le minuteur était mal compris.

2026 elected
Une réunion publique tendue sur le stationnement. Nous sommes revenus avec trois essais et une date de bilan.

2026 executive
Un marché déclaré sans suite, faute d'avoir demandé aux équipes. Elles relisent désormais le cahier des charges.

2026 partner
Le chantier voisin a coupé notre accès deux jours. Depuis, une fiche de prévenance circule dix jours avant.
""",
    "spectrum_decisions": """
2025 elected
Le marché du samedi : nous avons informé, la décision était prise.

2025 agent ecoles
Les horaires du périscolaire, on nous a prévenus.

2025 manager
Le plan de formation : chacun envoie sa liste, on met bout à bout.

2026 agent mediatheque
La fête du livre, décidée avec les écoles du début à la fin.

2026 agent voirie
Les travaux d'été : on reçoit le planning.

2026 manager ccas
Le plan canicule, préparé et relu à plusieurs services.

2026 elected
La rénovation du gymnase : services consultés, décision en bureau.

2026 executive
Le plan pluriannuel d'investissement, avec les encadrants pour la première fois.

2026 agent sports
Le plan des équipements, collaboration pour les uns, information pour les autres.

2026 agent accueil
Les horaires d'ouverture : on a été associées à l'essai, pas au choix.
""",
}
"""The texts by question."""

HEADINGS = ["respondent", "wave", "question", "text"]


def verbatim_rows(seed: int, people: Sequence[Person], framework: Framework) -> list[list[str]]:
    """Give the rows of the verbatims file, headings first, in the order of waves, questions and codes."""
    order = [question.id for question in framework.questions]
    rows = [row for question in VOICES for row in answers_to(question, seed, people)]
    return [HEADINGS, *sorted(rows, key=lambda row: (row[1], order.index(row[2]), row[0]))]


def answers_to(question: str, seed: int, people: Sequence[Person]) -> Iterator[list[str]]:
    """Yield the answers to a question, each from another person."""
    chance, taken = Chance(seed, "voices", question), set()
    for wave, role, unit, text in voices(VOICES[question]):
        able = [one for one in people if could_write(one, wave, role, unit) and one.code not in taken]
        author = chance.one_of(sorted(able, key=lambda one: one.code))
        taken.add(author.code)
        yield [author.code, wave, question, text]


def voices(block: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield wave, role, service ("" for any) and text of each voice in a block."""
    for paragraph in block.strip().split("\n\n"):
        who, *text = paragraph.split("\n")
        wave, role, *unit = who.split()
        yield wave, role, "".join(unit), " ".join(text)


def could_write(person: Person, wave: str, role: str, unit: str) -> bool:
    """Say whether someone answered in a wave, in a role and service, with care and in full."""
    here = wave in person.waves and person.role == role and unit in ("", person.unit)
    return here and person.forms[wave] == "full" and not person.careless and not person.breaks_off

"""Columns that tell who somebody is: recognised by heading or by what they hold, and left at the door."""

import re

import pandas as pd

from assessment.responses.readers.wordings import normalised

HEADINGS = {
    "ip": ("ip", "ip address", "ipaddr", "ipaddress", "adresse ip", "ip-adresse", "v6"),
    "email": (
        *("email", "e-mail", "mail", "courriel", "adresse email", "adresse e-mail", "adresse mail", "email address"),
        *("adresse de messagerie", "adresse courriel", "recipientemail", "recipient email", "username"),
        *("nom d'utilisateur", "email address (recipient)", "votre adresse e-mail", "votre email"),
    ),
    "name": (
        *("nom", "name", "prénom", "last name", "first name", "lastname", "firstname", "surname", "nom de famille"),
        *("recipientlastname", "recipientfirstname", "recipient last name", "recipient first name", "nom et prénom"),
        *("nom prénom", "prénom nom", "full name", "fullname", "name_first", "name_last", "your name", "votre nom"),
        *("_submitted_by", "submitterid", "submittername", "uid", "user", "utilisateur", "responsesetname"),
    ),
    "telephone": ("telephone", "téléphone", "phone", "phonenumber", "tél", "mobile", "portable", "phone number"),
    "location": (
        *("locationlatitude", "locationlongitude", "location latitude", "location longitude", "latitude", "longitude"),
        *("location", "gps", "geolocation", "_geolocation", "_gps_latitude", "_gps_longitude", "address", "adresse"),
        *("street", "localisation", "adresse postale", "locationaccuracy"),
    ),
    "birth": ("dob", "birthdate", "birth date", "date of birth", "date de naissance", "né(e) le"),
    "time": (
        *("submitdate", "startdate", "enddate", "datestamp", "start date", "end date", "date submitted", "horodateur"),
        *("timestamp", "heure de début", "heure de fin", "start time", "completion time", "last modified time"),
        *("heure de la dernière modification", "submissiondate", "submitted time", "completed time", "modified time"),
        *("_submission_time", "start", "end", "today", "recordeddate", "recorded date", "date de soumission"),
        *("date de lancement", "date de la dernière action", "date started", "date last action", "date de saisie"),
        *("heure de soumission", "heure de finalisation", "heure de modification", "date d'enregistrement"),
    ),
    "trace": (
        *("token", "jeton", "access code", "code d'accès", "refurl", "referrer url", "url référente", "seed"),
        *("externalreference", "external reference", "externaldatareference", "deviceid", "device id", "phone_serial"),
        *("simserial", "sim serial", "subscriberid", "subscriber id", "meta/instancename", "user agent"),
    ),
}
"""Why a column is left at the door, and the headings by which it is known, in any case."""

KNOWN = {normalised(heading): why for why, headings in HEADINGS.items() for heading in headings}

LOOKS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
    "ip": re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}", re.I),
    "telephone": re.compile(r"(\+|00)\d[\d .()-]{7,18}|0\d([ .-]?\d\d){4}|\(\d{3}\) ?\d{3}-\d{4}"),
    "location": re.compile(r"-?\d{1,2}\.\d{4,}[ ,;]+-?\d{1,3}\.\d{4,}.*"),
    "time": re.compile(r"\d{4}[-/]\d\d?[-/]\d\d?[T ]\d\d?:\d\d.*|\d\d?/\d\d?/\d{4}[ -]+\d\d?:\d\d.*"),
}
"""What a cell looks like that tells who somebody is, or when exactly they answered."""

SHARE = 0.5
"""Of the distinct texts of a column that look alike, for it to be left at the door."""


def known_heading(heading: str) -> str:
    """Say why a heading is personal; empty when it is not.

    Examples
    --------
    >>> known_heading("Adresse IP"), known_heading("Ip address "), known_heading("Service")
    ('ip', 'ip', '')
    """
    return KNOWN.get(normalised(heading), "")


def looks(cells: pd.Series) -> str:
    """Say why what a column holds is personal; empty when it is not.

    Examples
    --------
    >>> looks(pd.Series(["a@b.fr", None, "c@d.fr"], dtype="category"))
    'email'
    """
    texts = [str(one).strip() for one in cells.cat.categories[:2000]]
    texts = [one for one in texts if one]
    for why, pattern in LOOKS.items():
        found = sum(bool(pattern.fullmatch(one)) for one in texts)
        if found and found >= SHARE * len(texts):
            return why
    return ""

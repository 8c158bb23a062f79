"""Who answered what: files read and checked into one table, the responses table, whatever they came from."""

from assessment.responses.careless import CarelessRules, careless_indices, flag_careless
from assessment.responses.reading import Sifted, check_responses, load_responses, read_table, sift_responses
from assessment.responses.remarks import describe_responses
from assessment.responses.units import load_units, response_rate

__all__ = [
    "CarelessRules",
    "Sifted",
    "careless_indices",
    "check_responses",
    "describe_responses",
    "flag_careless",
    "load_responses",
    "load_units",
    "read_table",
    "response_rate",
    "sift_responses",
]

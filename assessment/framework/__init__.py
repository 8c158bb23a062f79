"""What is assessed: the model of an instrument, its loader, and the frameworks that come with the kit."""

from assessment.framework.loading import bundled_frameworks, load_framework
from assessment.framework.model import Framework
from assessment.framework.rules import check_framework

__all__ = ["Framework", "bundled_frameworks", "check_framework", "load_framework"]

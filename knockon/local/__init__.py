"""The local page (``knockon serve``): the pages and the JSON interface of one machine's plans.

It needs the extra ``serve``. Only `knockon.cli.serve` and tests import it, late.
"""

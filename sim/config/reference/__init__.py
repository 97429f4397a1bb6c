"""The reference pages of settings, made of the schema: ``python -m sim.config.reference kinds`` and ``settings``.

What a key means stands in the docstring below it, what is allowed in its type, where its packaged number comes from in
the comment beside it in ``conf/``. The pages repeat all three: a new key, a new course or a new rule is there as soon
as it is in the schema.
"""

"""Mends two faults of moto 5.2 that end a deployment of Weir. Python imports this file at its start (PYTHONPATH).

With cfn-lint beside it, moto refuses a template for a mere warning. And it wants an address of each method of a REST
API, also of one that API Gateway itself answers.
"""

try:
    import moto.cloudformation.models as cloudformation
    from moto.apigateway.models import Method
except ImportError:
    pass
else:
    cloudformation.validate_template_cfn_lint = lambda template: []
    create = Method.create_from_cloudformation_json.__func__

    def create_method(cls, resource_name, cloudformation_json, *args, **kwargs):
        cloudformation_json["Properties"]["Integration"].setdefault("Uri", "")
        return create(cls, resource_name, cloudformation_json, *args, **kwargs)

    Method.create_from_cloudformation_json = classmethod(create_method)

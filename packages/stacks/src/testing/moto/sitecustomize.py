"""Mends five faults of moto 5.2 that end a deployment of Weir. Python imports this file at its start (PYTHONPATH).

With cfn-lint beside it, moto refuses a template for a mere warning. It makes nothing of the document (Body) of a REST
API, and then refuses to deploy an API without methods; it can import one, except for methods that API Gateway itself
answers. A stack that a change set makes has no outputs. It refuses an attribute of a resource of which it makes nothing,
such as the ARN of an alarm in a dashboard. And it makes no alias of a function, to which permissions refer.
"""

try:
    import moto.cloudformation.models as cloudformation
    import moto.cloudformation.parsing as parsing
    from moto.apigateway.models import RestAPI, apigateway_backends
    from moto.awslambda.models import Permission
except ImportError:
    pass
else:
    cloudformation.validate_template_cfn_lint = lambda template: []
    create = RestAPI.create_from_cloudformation_json.__func__
    permit = Permission.create_from_cloudformation_json.__func__
    apply = cloudformation.ChangeSet.apply
    clean = parsing.clean_json

    def create_api(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        api = create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)
        properties = cloudformation_json["Properties"]
        body = properties.get("Body")
        if body is not None:
            for operation in (one for path in body["paths"].values() for one in path.values()):
                operation["x-amazon-apigateway-integration"] = {
                    **{"uri": "", "httpMethod": "POST"},
                    **operation["x-amazon-apigateway-integration"],
                }
            backend = apigateway_backends[account_id][region_name]
            backend.put_rest_api(api.id, body, properties["FailOnWarnings"], properties["Mode"])
        return api

    def create_permission(cls, resource_name, cloudformation_json, *args, **kwargs):
        properties = cloudformation_json["Properties"]
        # arn:aws:lambda:<region>:<account>:function:<name>, and then the alias.
        properties["FunctionName"] = ":".join(properties["FunctionName"].split(":")[:7])
        return permit(cls, resource_name, cloudformation_json, *args, **kwargs)

    def apply_change_set(self):
        apply(self)
        self.stack.template_dict = self.template_dict
        self.stack.output_map = self.stack._create_output_map()

    def clean_json(value, resources_map):
        declared = getattr(resources_map, "_resource_json_map", {})
        referred = declared.get(value["Ref"]) if isinstance(value, dict) and isinstance(value.get("Ref"), str) else None
        if referred is not None and referred["Type"] == "AWS::Lambda::Alias":
            alias = referred["Properties"]
            arn = clean({"Fn::GetAtt": [alias["FunctionName"]["Ref"], "Arn"]}, resources_map)
            return f"{arn}:{alias['Name']}"
        name = value.get("Fn::GetAtt", [None])[0] if isinstance(value, dict) else None
        if name in declared and resources_map.get(name) is None:
            return ".".join(value["Fn::GetAtt"])
        return clean(value, resources_map)

    RestAPI.create_from_cloudformation_json = classmethod(create_api)
    Permission.create_from_cloudformation_json = classmethod(create_permission)
    cloudformation.ChangeSet.apply = apply_change_set
    parsing.clean_json = clean_json

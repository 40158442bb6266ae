// react-jsonschema-form as everybody has it: its usual theme and validator; a UI schema only where a test brings one.
import { createRoot } from "react-dom/client";
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";

window.show = (schema, uiSchema) => {
  const here = document.body.appendChild(document.createElement("main"));
  window.submitted = [];
  createRoot(here).render(
    <Form schema={schema} uiSchema={uiSchema} validator={validator} onSubmit={({ formData }) => window.submitted.push(formData)} onError={(errors) => window.submitted.push(errors)} />,
  );
};

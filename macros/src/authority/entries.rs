//! The entries of scopes as constant data, each with its place, and each text with the forms that it has. What an entry
//! must look like is not known here: the program judges that, where it knows the scope.

use portcullis_policy::{
    files::{Allow, Narrowing, Number, Spanned, Value},
    forms::Judge,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

pub(super) fn narrowing(gate: &Ident, narrowing: &Narrowing, forms: &Judge<'_>) -> TokenStream {
    let allow = match &narrowing.allow {
        Allow::Nothing => quote!(Nothing),
        Allow::All => quote!(All),
        Allow::Only(entries) => {
            let entries = entries.iter().map(|entry| node(gate, entry, forms));
            quote!(Only(&[#(#entries),*]))
        }
    };
    let deny = narrowing.deny.iter().map(|entry| node(gate, entry, forms));
    quote! {
        #gate::Option::Some(&#gate::Narrowing { allow: #gate::Allow::#allow, deny: &[#(#deny),*] })
    }
}

fn node(gate: &Ident, node: &Spanned<Value>, forms: &Judge<'_>) -> TokenStream {
    let (line, column) = place(node);
    let value = value(gate, &node.value, forms);
    quote!(#gate::Node(#line, #column, #gate::Value::#value))
}

fn value(gate: &Ident, value: &Value, forms: &Judge<'_>) -> TokenStream {
    match value {
        Value::Null => quote!(Null),
        Value::Bool(value) => quote!(Bool(#value)),
        Value::Number(text) => number(text),
        Value::String(text) => {
            let verdict = forms.judge(text);
            let fits = Literal::u8_unsuffixed(verdict.fits);
            let faults = verdict.faults.iter().map(|(form, why)| {
                let form = Ident::new(&format!("{form:?}"), gate.span());
                quote!((#gate::Form::#form, #why))
            });
            quote!(Text(#text, #gate::Forms(#fits, &[#(#faults),*])))
        }
        Value::List(list) => {
            let nodes = list.iter().map(|value| node(gate, value, forms));
            quote!(List(&[#(#nodes),*]))
        }
        Value::Map(map) => {
            let fields = map.iter().map(|(key, value)| {
                let (line, column) = place(key);
                let (key, value) = (&key.value, node(gate, value, forms));
                quote!((#gate::Key(#line, #column, #key), #value))
            });
            quote!(Map(&[#(#fields),*]))
        }
    }
}

fn number(text: &str) -> TokenStream {
    match Number::of(text) {
        Number::Whole(i128::MIN) => quote!(Integer(i128::MIN)),
        Number::Whole(i128::MAX) => quote!(Integer(i128::MAX)),
        Number::Whole(whole) => {
            let whole = Literal::i128_unsuffixed(whole);
            quote!(Integer(#whole))
        }
        Number::Other(float) => {
            let float = Literal::f64_unsuffixed(float);
            quote!(Float(#float))
        }
    }
}

fn place<T>(spanned: &Spanned<T>) -> (Literal, Literal) {
    let number = |value: usize| Literal::usize_unsuffixed(value);
    (number(spanned.place.line), number(spanned.place.column))
}

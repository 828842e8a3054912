//! The terms that describe the graph as a dataset with a service: VoID, DCAT, SPARQL Service Description, SHACL.
//!
//! In: nothing. Out: IRIs. Each vocabulary's own document, at its namespace, says what its terms mean.
#![expect(missing_docs, reason = "their names are those of the standards, which define them")]

/// VoID: what a dataset holds, counted.
pub mod void {
    use oxigraph::model::NamedNodeRef;

    terms! {
        "http://rdfs.org/ns/void#";
        DATASET = "Dataset";
        LINKSET = "Linkset";
        TRIPLES = "triples";
        ENTITIES = "entities";
        CLASSES = "classes";
        PROPERTIES = "properties";
        DISTINCT_SUBJECTS = "distinctSubjects";
        DISTINCT_OBJECTS = "distinctObjects";
        CLASS_PARTITION = "classPartition";
        PROPERTY_PARTITION = "propertyPartition";
        CLASS = "class";
        PROPERTY = "property";
        SUBSET = "subset";
        LINK_PREDICATE = "linkPredicate";
        SUBJECTS_TARGET = "subjectsTarget";
        OBJECTS_TARGET = "objectsTarget";
        URI_SPACE = "uriSpace";
        VOCABULARY = "vocabulary";
        EXAMPLE_RESOURCE = "exampleResource";
        SPARQL_ENDPOINT = "sparqlEndpoint";
        DATA_DUMP = "dataDump";
        OPEN_SEARCH_DESCRIPTION = "openSearchDescription";
    }
}

/// What VoID has no word for: datatypes of values.
pub mod void_ext {
    use oxigraph::model::NamedNodeRef;

    terms! {
        "http://ldf.fi/void-ext#";
        DATATYPE_PARTITION = "datatypePartition";
        DATATYPE = "datatype";
    }
}

/// DCAT: datasets and where to get them.
pub mod dcat {
    use oxigraph::model::NamedNodeRef;

    terms! {
        "http://www.w3.org/ns/dcat#";
        DATASET = "Dataset";
        DISTRIBUTION_CLASS = "Distribution";
        DATA_SERVICE = "DataService";
        DISTRIBUTION = "distribution";
        ACCESS_SERVICE = "accessService";
        DOWNLOAD_URL = "downloadURL";
        MEDIA_TYPE = "mediaType";
        COMPRESS_FORMAT = "compressFormat";
        ENDPOINT_URL = "endpointURL";
        ENDPOINT_DESCRIPTION = "endpointDescription";
        SERVES_DATASET = "servesDataset";
    }
}

/// SPARQL 1.1 Service Description.
pub mod sd {
    use oxigraph::model::NamedNodeRef;

    terms! {
        "http://www.w3.org/ns/sparql-service-description#";
        SERVICE = "Service";
        DATASET = "Dataset";
        GRAPH = "Graph";
        ENDPOINT = "endpoint";
        SUPPORTED_LANGUAGE = "supportedLanguage";
        SPARQL_11_QUERY = "SPARQL11Query";
        FEATURE = "feature";
        UNION_DEFAULT_GRAPH = "UnionDefaultGraph";
        RESULT_FORMAT = "resultFormat";
        PROPERTY_FEATURE = "propertyFeature";
        DEFAULT_DATASET = "defaultDataset";
        DEFAULT_GRAPH = "defaultGraph";
    }
}

/// SHACL, as far as it tells of queries and prefixes.
pub mod sh {
    use oxigraph::model::NamedNodeRef;

    terms! {
        "http://www.w3.org/ns/shacl#";
        SPARQL_EXECUTABLE = "SPARQLExecutable";
        SPARQL_SELECT_EXECUTABLE = "SPARQLSelectExecutable";
        SPARQL_ASK_EXECUTABLE = "SPARQLAskExecutable";
        SPARQL_CONSTRUCT_EXECUTABLE = "SPARQLConstructExecutable";
        SPARQL_DESCRIBE_EXECUTABLE = "SPARQLDescribeExecutable";
        SELECT = "select";
        ASK = "ask";
        CONSTRUCT = "construct";
        DESCRIBE = "describe";
        PREFIXES = "prefixes";
        DECLARE = "declare";
        PREFIX = "prefix";
        NAMESPACE = "namespace";
    }
}

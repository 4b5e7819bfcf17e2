"""SaTScan's options: which are read, which may only have the value that changes nothing, which concern output alone."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# read by satscan.py
READ = names(
    """casefile controlfile precisioncasetimes startdate enddate populationfile coordinatesfile coordinatestype analysistype modeltype
    scanareas timeaggregationunits timeaggregationlength studyperiodchecktype geographicalcoordinateschecktype
    maxspatialsizeinpopulationatrisk usedistancefromcenteroption maxspatialsizeindistancefromcenter minimumtemporalclustersize
    maxtemporalsizeinterpretation maxtemporalsize includeclusters minimumcasesinlowrateclusters minimumcasesinhighrateclusters
    pvaluereporttype montecarloreps adjustforearlieranalyses prospectivestartdate prospectivefrequencytype prospectivefrequency
    criteriaforreportingsecondaryclusters includepurelytemporal includepurelyspatial earlyterminationthreshold"""
)

# the only values under which the numbers stay what they are here; anything else is refused
NEUTRAL = {
    "usegridfile": "n",
    "multipledatasetspurposetype": "01",
    "uselocationsnetworkfile": "n",
    "useneighborsfile": "n",
    "usemetalocationsfile": "n",
    "multiplecoordinatestype": "0",
    "usemaxcirclepopulationfileoption": "n",
    "spatialwindowshapetype": "0",
    "isotonicscan": "0",
    "risklimithighclusters": "n",
    "risklimitlowclusters": "n",
    "timetrendadjustmenttype": "0",
    "adjustforweeklytrends": "n",
    "spatialadjustmentstype": "0",
    "spatialadjustmenttype": "0",
    "useadjustmentsbyrrfile": "n",
    "iterativescan": "n",
    "performstandarddrilldown": "n",
    "performbernoullidrilldown": "n",
    "performpowerevaluation": "n",
    "reportginiclusters": "n",
    "reporthierarchicalclusters": "y",
    "usereportonlysmallerclusters": "n",
    "usemaxcirclepopulationfileoption_reported": "n",
    "usedistancefromcenteroption_reported": "n",
    "simulateddatamethodtype": "0",
    "powerevaluationssimulationmethod": "0",
}

# matter only beside an option that is refused when it is on
ASIDE = names(
    """gridfile locationsnetworkfilename neighborsfilename metalocationsfile multiplelocationsfile maxspatialsizeinmaxcirclepopulationfile
    maxcirclepopulationfile noncompactnesspenalty intervalstartrange intervalendrange riskthresholdhighclusters riskthresholdlowclusters
    timetrendpercentage timestratifiedadjlength timetrendtype adjustmentsbyknownrelativerisksfilename iterativescanmaxiterations
    iterativescanmaxpvalue drilldownminimumclusterlocations drilldownminimumclustercases drilldownclustercutoff
    drilldownadjustweeklytrends numbootstrapreplications oliveirapvaluecutoff powerevaluationsmethod powerevaluationtotalcases
    criticalvaluetype criticalvalue05 criticalvalue01 criticalvalue001 powerestimationtype numberpowerreplications
    alternativehypothesisfilename powerevaluationssimulationsourcefilename reportpowerevaluationsimulationdata
    powerevaluationssimulationoutputfilename giniindexclusterreportingtype spatialmaxima giniindexclusterspvaluecutoff
    maxspatialsizeinpopulationatrisk_reported maxsizeinmaxcirclepopulationfile_reported maxspatialsizeindistancefromcenter_reported
    ellipseshapes ellipseangles simulateddatainputfilename simulateddataoutputfilename numberparallelprocesses suppresswarnings
    logruntohistoryfile executiontype version initiallyusedefaultseed usedefaultseed randomizationseed"""
)

# what SaTScan would write or show; noted when asked for
OUTPUT = names(
    """resultsfile outputgoogleearthkml outputshapefiles outputcartesiangraph mostlikelyclustereachcentroidascii
    mostlikelyclustereachcentroiddbase mostlikelyclustercaseinfoeachcentroidascii mostlikelyclustercaseinfoeachcentroiddbase
    censusareasreportedclustersascii censusareasreportedclustersdbase includerelativeriskscensusareasascii
    includerelativeriskscensusareasdbase savesimllrsascii savesimllrsdbase outputgooglemaps calculateoliveira reportgumbel launchmapviewer
    compresskmltokmz includeclusterlocationskml thresholdlocationsseparatekml reportginiindexcoefficents outputtemporalgraphhtml
    temporalgraphreporttype temporalgraphmostmlc temporalgraphsignificancecutoff criticalvalue reportclusterrank printasciicolumnheaders
    resultstitle cutoffclusterlinelistcsv linelistindividualcache emailalwayssummary emailalwaysrecipients emailcutoffsummary
    emailcutoffrecipients emailcutoffvalue emailattachresults emailincluderesults customemail customemailsubjectline customemailmessagebody
    printsimulateddatatofile mostlikelyclustereachcentroid"""
)
QUIET_OUTPUT = frozenset({"", "n", "0"})
SILENT = names(
    """launchmapviewer includeclusterlocationskml thresholdlocationsseparatekml temporalgraphreporttype temporalgraphmostmlc
    temporalgraphsignificancecutoff cutoffclusterlinelistcsv emailcutoffvalue customemailsubjectline customemailmessagebody"""
)


class Unsupported(ValueError):
    """An option that would change a number and is not supported; the message names it."""


def sort_out(values: dict[str, tuple[str, str]]) -> list[str]:
    """Refuse what would change a number; return notes on the output options that are ignored."""
    ignored = []
    for key, (name, value) in values.items():
        if key in READ or key in ASIDE:
            continue
        if key in NEUTRAL:
            if value and value.lower() not in NEUTRAL[key]:
                raise Unsupported(f"{name}={value} is not supported")
        elif key in OUTPUT:
            if value.lower() not in QUIET_OUTPUT and key not in SILENT:
                ignored.append(name)
        elif key.startswith("dataset") and key.endswith("-name"):
            continue
        elif value.lower() not in QUIET_OUTPUT:
            raise Unsupported(f"{name}={value} is not supported")
    return [f"ignored, for they concern output alone: {', '.join(ignored)}"] if ignored else []

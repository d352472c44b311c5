<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="event_type" enableorderby="0" forceraster="0" symbollevels="0">
   <categories>
    <category symbol="0" value="Battles" label="Battles" render="true"/>
    <category symbol="1" value="Explosions/Remote violence" label="Explosions/Remote violence" render="true"/>
    <category symbol="2" value="Violence against civilians" label="Violence against civilians" render="true"/>
    <category symbol="3" value="Protests" label="Protests" render="true"/>
    <category symbol="4" value="Riots" label="Riots" render="true"/>
    <category symbol="5" value="Strategic developments" label="Strategic developments" render="true"/>
    <category symbol="6" value="" label="Other" render="true"/>
   </categories>
   <symbols>
    <symbol name="0" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="196,24,24,220"/>
       <Option name="name" type="QString" value="triangle"/>
       <Option name="outline_color" type="QString" value="196,24,24,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '196,24,24,220', '196,24,24,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="1" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="239,120,20,220"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="239,120,20,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '239,120,20,220', '239,120,20,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="2" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="122,32,134,220"/>
       <Option name="name" type="QString" value="diamond"/>
       <Option name="outline_color" type="QString" value="122,32,134,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '122,32,134,220', '122,32,134,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="3" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="38,128,64,220"/>
       <Option name="name" type="QString" value="square"/>
       <Option name="outline_color" type="QString" value="38,128,64,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '38,128,64,220', '38,128,64,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="4" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="150,140,20,220"/>
       <Option name="name" type="QString" value="pentagon"/>
       <Option name="outline_color" type="QString" value="150,140,20,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '150,140,20,220', '150,140,20,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="5" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="40,96,176,220"/>
       <Option name="name" type="QString" value="star"/>
       <Option name="outline_color" type="QString" value="40,96,176,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '40,96,176,220', '40,96,176,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
    <symbol name="6" type="marker" alpha="0.9" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="110,110,110,220"/>
       <Option name="name" type="QString" value="circle"/>
       <Option name="outline_color" type="QString" value="110,110,110,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.35"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="2"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
      <data_defined_properties>
       <Option type="Map">
        <Option name="name" type="QString" value=""/>
        <Option name="properties" type="Map">
         <Option name="size" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value='1.8 + 1.3 * ln(1 + coalesce("killed", 0))'/><Option name="type" type="int" value="3"/></Option>
         <Option name="fillColor" type="Map"><Option name="active" type="bool" value="true"/><Option name="expression" type="QString" value="if(&quot;geo_precision&quot; = 1, '110,110,110,220', '110,110,110,0')"/><Option name="type" type="int" value="3"/></Option>
        </Option>
        <Option name="type" type="QString" value="collection"/>
       </Option>
      </data_defined_properties>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName="coalesce(&quot;place_ar&quot;, '') || if(&quot;place_ar&quot; &lt;&gt; '' and &quot;place&quot; &lt;&gt; '', '\n', '') || coalesce(&quot;place&quot;, '')" isExpression="1" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="40,40,40,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="0" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="1" scaleMin="500000" scaleMax="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
